using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;

namespace Search.MetricLearning.Training;

/// <summary>
/// Draws batches in which pieces sit together with their hard negatives: a share of the places is filled as the balanced sampler does, the
/// rest in turn with a hard negative of each of those, so that every anchor has one before any has two. A stratum that has a share of its own keeps to it:
/// hard negatives do not bring in more of it. Before the first round of mining, and where there are too few, the places are balanced ones; the size of a batch never changes.
/// </summary>
internal sealed class NeighbourhoodSampler : IBatchSampler
{
    private readonly TrainingSet _set;
    private readonly Dictionary<int, int[]> _photos;
    private readonly double _share;
    private readonly BalancedSampler _balanced;
    private readonly Random _random;
    private HardNegativeSet? _negatives;

    /// <param name="share">Of the places that hard negatives may take, 0 to below 1.</param>
    public NeighbourhoodSampler(TrainingSet set, double share, int seed)
    {
        _set = set;
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
        var batch = new Batch(_set, _balanced.Places(piecesPerCategory));
        foreach (var pair in _balanced.Next(anchorsPerCategory).Chunk(2))
            batch.Add(pair[0], pair[1]);
        AddNegatives(batch, _negatives);
        AddBalanced(batch, piecesPerCategory);
        return batch.Photos;
    }

    private void AddNegatives(Batch batch, HardNegativeSet negatives)
    {
        var anchors = batch.Photos.Where((_, i) => i % 2 == 0).ToArray();
        var next = new int[anchors.Length];
        for (var added = true; added && !batch.IsFull;)
        {
            added = false;
            for (var a = 0; a < anchors.Length && !batch.IsFull; a++)
            {
                var found = negatives.ByPhoto[anchors[a]];
                while (next[a] < found.Count && !batch.HasRoomFor((int)found[next[a]].Id))
                    next[a]++;
                if (next[a] == found.Count)
                    continue;
                // The photo that is near the anchor must be in the batch; its partner may be any of the piece.
                var photo = (int)found[next[a]++].Id;
                batch.Add(photo, Partner(photo));
                added = true;
            }
        }
    }

    private int Partner(int photo)
    {
        var others = _photos[_set.Pieces[photo]].Where(other => other != photo).ToArray();
        return others.Length == 0 ? photo : others[_random.Next(others.Length)];
    }

    /// <summary>Rounds of one piece a category, as many as can hold something new.</summary>
    private void AddBalanced(Batch batch, int piecesPerCategory)
    {
        for (var round = 0; round < piecesPerCategory && !batch.IsFull; round++)
            foreach (var pair in _balanced.Next(1).Chunk(2))
                if (!batch.IsFull && batch.HasRoomFor(pair[0]))
                    batch.Add(pair[0], pair[1]);
    }

    /// <summary>A batch that is being filled.</summary>
    /// <param name="places">By stratum.</param>
    private sealed class Batch(TrainingSet set, IReadOnlyDictionary<int, int> places)
    {
        private readonly int _size = places.Values.Sum();
        private readonly HashSet<int> _pieces = [];
        private readonly Dictionary<int, int> _taken = [];

        public List<int> Photos { get; } = [];

        public bool IsFull => _pieces.Count >= _size;

        /// <summary>Its piece is not there yet, and its stratum, where it has a share, has not used it up.</summary>
        public bool HasRoomFor(int photo)
        {
            var stratum = set.Strata[photo];
            return !_pieces.Contains(set.Pieces[photo])
                && (!set.Shares.TryGetValue(stratum, out var share) || share >= 1 || _taken.GetValueOrDefault(stratum) < places[stratum]);
        }

        public void Add(int photo, int partner)
        {
            _pieces.Add(set.Pieces[photo]);
            _taken[set.Strata[photo]] = _taken.GetValueOrDefault(set.Strata[photo]) + 1;
            Photos.AddRange([photo, partner]);
        }
    }
}
