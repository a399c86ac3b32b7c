using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.Models;
using Search.MetricLearning.Training;
using Search.Trainer.Evaluation;

namespace Search.Trainer.Photos;

/// <summary>All that a run trains on and is judged by.</summary>
/// <param name="Photos">Every readable photo.</param>
/// <param name="Split">Which of them training sees.</param>
/// <param name="Manifest">The split for others to repeat.</param>
/// <param name="Set">The training photos with their labels.</param>
/// <param name="Evidence">What is known of each photo of the set apart from the model, in its order.</param>
/// <param name="Validation">Training photos that are not in the set, to measure the run on; null where none were set aside.</param>
internal sealed record TrainingMaterial(
    IReadOnlyList<PreparedPhoto> Photos, PhotoSplit Split, SplitManifest Manifest, TrainingSet Set, IReadOnlyList<PhotoEvidence> Evidence, TrainingSet? Validation)
{
    /// <summary>
    /// Judging must not leak, so anything that may be one piece stays together; learning must not call two rings in the same studio pose one
    /// piece, so its positives need strong evidence.
    /// </summary>
    public static GroupingOptions SplitGrouping { get; } = new();

    /// <inheritdoc cref="SplitGrouping"/>
    public static GroupingOptions PieceGrouping { get; } = new() { MaximumHashDistance = 0, MinimumCosine = 0.97 };

    /// <param name="folder">Sub-folders are categories.</param>
    /// <param name="catalogue">Further pieces to train on, with attributes and several pictures each; null for none. They are never judged by.</param>
    /// <param name="options">The recipe: how large views are, what is set aside, what a batch takes; its seed is that of the split.</param>
    /// <param name="untrained">Holds ImageNet weights: its features tell which photos show one piece.</param>
    /// <param name="preprocessing">The model's.</param>
    /// <param name="time">Measures rates.</param>
    /// <param name="earlier">The split of the model that training goes on from; null where it starts anew.</param>
    /// <param name="progress">Of decoding; null tells the console.</param>
    /// <exception cref="TrainerException">Nothing readable is there.</exception>
    public static TrainingMaterial Load(
        string folder, DemoCatalogue? catalogue, TrainingOptions options, MobileNetV2 untrained, ImagePreprocessing preprocessing, TimeProvider time,
        SplitManifest? earlier = null, IProgress<TrainingProgress>? progress = null)
    {
        // Room to cut into: a view of 0.65 of the side keeps more than 0.8 pixels for each of its own.
        var largeSide = options.LargestSide() * 13 / 10;
        var photos = PhotoPreparation.Prepare(folder, preprocessing, largeSide, time, progress);
        PhotoEvidence[] Evidence(IReadOnlyList<PreparedPhoto> prepared)
        {
            var features = PhotoVectors.Embed(prepared, preprocessing, TorchEmbedding.Of(preprocessing.Height, preprocessing.Width, untrained.Features));
            return [.. prepared.Select((p, i) => new PhotoEvidence(p.Photo, p.PerceptualHash, features[i]))];
        }

        var evidence = Evidence(photos);
        var manifest = GroupedSplit.Divide([.. photos.Select(p => p.Photo)], ProductGrouping.Group(evidence, SplitGrouping), new SplitOptions { Seed = options.Seed }, earlier);
        if (manifest.HeldOut.Count == 0)
            throw new TrainerException($"No category has pieces enough to hold one out to judge by: a share of {manifest.HeldOutShare} is wanted.");
        var split = PhotoSplit.Apply(manifest, photos);
        Console.WriteLine($"{photos.Count} photos of {split.Groups.Distinct().Count()} pieces: {split.Training.Count} to train on, {split.HeldOut.Count} held out");
        var (learned, setAside) = SetAside(photos, split, options);
        var pieces = ProductGrouping.Group(evidence, PieceGrouping);
        var builder = new TrainingSetBuilder(largeSide);
        var shares = CategoryShares.Of(learned.Select(i => (photos[i].Photo.Category, pieces[i])), options.CategorySizeExponent);
        foreach (var i in learned)
            builder.Add(photos[i].Large, photos[i].Photo.Category, $"photo {pieces[i]}", source: "photos", shares[photos[i].Photo.Category], group: $"photos {split.Groups[i]}");
        PhotoEvidence[] drawnEvidence = [];
        if (catalogue is not null)
        {
            var drawn = PhotoPreparation.Prepare(catalogue.LabelledImages(), preprocessing, largeSide, time, progress);
            drawnEvidence = Evidence(drawn);
            var items = catalogue.ItemsByPath();
            foreach (var picture in drawn)
            {
                var item = items[picture.Photo.Path];
                var isKnown = options.CatalogueCategories.TryGetValue(item.Category, out var known);
                builder.Add(
                    picture.Large, known ?? item.Category, $"item {item.Id}", source: "catalogue", options.CatalogueShare, attributes: item.Attributes, isLabel: isKnown || options.CatalogueTeachesCategories);
            }
            Console.WriteLine($"{drawn.Count} pictures of {catalogue.Items.Count} catalogue items to train on as well");
        }
        return new TrainingMaterial(
            photos, split, manifest, builder.Build(), [.. learned.Select(i => evidence[i]), .. drawnEvidence],
            options.Validation is null ? null : ValidationSet(photos, split, setAside, largeSide));
    }

    /// <summary>Divides the training side once more, in the groups that the first division left whole.</summary>
    private static (IReadOnlyList<int> Learned, IReadOnlyList<int> SetAside) SetAside(
        IReadOnlyList<PreparedPhoto> photos, PhotoSplit split, TrainingOptions options)
    {
        if (options.Validation is not { } validation)
            return (split.Training, []);
        var manifest = GroupedSplit.Divide(
            [.. split.Training.Select(i => photos[i].Photo)], [.. split.Training.Select(i => split.Groups[i])], new SplitOptions { Seed = options.Seed, HeldOutShare = validation.Share });
        if (manifest.HeldOut.Count == 0)
            throw new TrainerException($"validation.share is {validation.Share}, and no category has pieces enough to set one aside.");
        var division = PhotoSplit.Apply(manifest, photos);
        Console.WriteLine($"{division.HeldOut.Count} of the photos to train on are set aside for validation");
        return (division.Training, division.HeldOut);
    }

    /// <summary>Here as in the final judgment, whatever may be one piece counts as one.</summary>
    private static TrainingSet ValidationSet(IReadOnlyList<PreparedPhoto> photos, PhotoSplit split, IReadOnlyList<int> setAside, int side)
    {
        var builder = new TrainingSetBuilder(side);
        foreach (var i in setAside)
            builder.Add(photos[i].Large, photos[i].Photo.Category, $"group {split.Groups[i]}", source: "photos");
        return builder.Build();
    }
}
