using Search.MetricLearning.Data;

namespace Search.Trainer.Photos;

/// <summary>A manifest applied to the photos at hand: which index is on which side, and which piece it shows.</summary>
internal sealed class PhotoSplit
{
    private PhotoSplit(IReadOnlyList<int> training, IReadOnlyList<int> heldOut, IReadOnlyList<int> groups, int unknown)
    {
        Training = training;
        HeldOut = heldOut;
        Groups = groups;
        Unknown = unknown;
    }

    public IReadOnlyList<int> Training { get; }

    public IReadOnlyList<int> HeldOut { get; }

    /// <summary>The piece of each photo.</summary>
    public IReadOnlyList<int> Groups { get; }

    /// <summary>Photos that the manifest does not name; they are on neither side.</summary>
    public int Unknown { get; }

    /// <exception cref="TrainerException">One side is empty: these are not the manifest's photos.</exception>
    public static PhotoSplit Apply(SplitManifest manifest, IReadOnlyList<PreparedPhoto> photos)
    {
        var training = Number(manifest.Training, 0);
        var heldOut = Number(manifest.HeldOut, manifest.Training.Count);
        List<int> trainingPhotos = [], heldOutPhotos = [], groups = [];
        for (var i = 0; i < photos.Count; i++)
        {
            var hash = photos[i].Photo.ContentHash;
            if (training.TryGetValue(hash, out var group))
                trainingPhotos.Add(i);
            else if (heldOut.TryGetValue(hash, out group))
                heldOutPhotos.Add(i);
            else
                group = -1 - i;
            groups.Add(group);
        }
        if (trainingPhotos.Count == 0 || heldOutPhotos.Count == 0)
            throw new TrainerException("The split names none of these photos on one of its sides: it was made from another folder.");
        return new PhotoSplit(trainingPhotos, heldOutPhotos, groups, photos.Count - trainingPhotos.Count - heldOutPhotos.Count);
    }

    private static Dictionary<string, int> Number(IReadOnlyList<IReadOnlyList<string>> groups, int from) =>
        groups.SelectMany((group, i) => group.Select(hash => (hash, from + i))).ToDictionary(p => p.hash, p => p.Item2);
}
