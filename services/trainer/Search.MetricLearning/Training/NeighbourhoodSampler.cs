using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;

namespace Search.MetricLearning.Training;

/// <summary>
/// Draws batches in which pieces sit together with their hard negatives: a share of the places is filled as the balanced sampler does, the
/// rest in turn with a hard negative of each of those, so that every anchor has one before any has two. Before the first round of mining, and where there
/// are too few, the places are balanced ones; the size of a batch never changes.
/// </summary>
internal sealed class NeighbourhoodSampler : IBatchSampler
{
    private readonly IReadOnlyList<int> _pieces;
    private readonly Dictionary<int, int[]> _photos;
    private readonly double _share;
    private readonly BalancedSampler _balanced;
    private readonly Random _random;
    private HardNegativeSet? _negatives;

    /// <param name="share">Of the places that hard negatives may take, 0 to below 1.</param>
    public NeighbourhoodSampler(TrainingSet set, double share, int seed)
    {
        _pieces = set.Pieces;
        _photos = Enumerable.Range(0, set.Count).GroupBy(i => set.Pieces[i]).ToDictionary(g => g.Key, g => g.ToArray());
        _share = share;
        _balanced = new BalancedSampler(set, seed);
        _random = new Random(seed);
    }

    /// <summary>From now on the neighbourhoods are those of a new round.</summary>
    public void Use(HardNegativeSet negatives) => _negatives = negatives;

    public IReadOnlyList<int> Next(int piecesPerCategory)
    {
        if (_negatives is null)
            return _balanced.Next(piecesPerCategory);
        var anchorsPerCategory = Math.Max(1, (int)Math.Round(piecesPerCategory * (1 - _share), MidpointRounding.AwayFromZero));
        var batch = _balanced.Next(anchorsPerCategory).ToList();
        var taken = batch.Select(photo => _pieces[photo]).ToHashSet();
        var places = _balanced.Places(piecesPerCategory);
        AddNegatives(batch, taken, places);
        AddBalanced(batch, taken, places, piecesPerCategory);
        return batch;
    }

    private void AddNegatives(List<int> batch, HashSet<int> taken, int places)
    {
        var anchors = batch.Where((_, i) => i % 2 == 0).ToArray();
        var next = new int[anchors.Length];
        for (var added = true; added && taken.Count < places;)
        {
            added = false;
            for (var a = 0; a < anchors.Length && taken.Count < places; a++)
            {
                var negatives = _negatives!.ByPhoto[anchors[a]];
                while (next[a] < negatives.Count && taken.Contains(_pieces[(int)negatives[next[a]].Id]))
                    next[a]++;
                if (next[a] == negatives.Count)
                    continue;
                // The photo that is near the anchor must be in the batch; its partner may be any of the piece.
                var photo = (int)negatives[next[a]++].Id;
                taken.Add(_pieces[photo]);
                batch.AddRange([photo, Partner(photo)]);
                added = true;
            }
        }
    }

    private int Partner(int photo)
    {
        var others = _photos[_pieces[photo]].Where(other => other != photo).ToArray();
        return others.Length == 0 ? photo : others[_random.Next(others.Length)];
    }

    /// <summary>Rounds of one piece a category, as many as can hold something new.</summary>
    private void AddBalanced(List<int> batch, HashSet<int> taken, int places, int piecesPerCategory)
    {
        for (var round = 0; round < piecesPerCategory && taken.Count < places; round++)
            foreach (var pair in _balanced.Next(1).Chunk(2))
                if (taken.Count < places && taken.Add(_pieces[pair[0]]))
                    batch.AddRange(pair);
    }
}
