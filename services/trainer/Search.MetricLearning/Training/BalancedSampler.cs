using Search.MetricLearning.Data;

namespace Search.MetricLearning.Training;

/// <summary>
/// Draws P x K batches: the same number of different pieces from each stratum of the set, usually its categories, each as often as its stratum is small.
/// Within a stratum every piece comes once before any comes again. A piece with several photos gives one of them at each draw.
/// </summary>
internal sealed class BalancedSampler : IBatchSampler
{
    private readonly Random _random;
    private readonly Queue[] _strata;

    public BalancedSampler(TrainingSet set, int seed)
    {
        _random = new Random(seed);
        _strata = [.. Enumerable.Range(0, set.Count)
            .GroupBy(i => set.Strata[i])
            .OrderBy(stratum => stratum.Key)
            .Select(stratum => new Queue(stratum.Key, [.. stratum.GroupBy(i => set.Pieces[i]).Select(piece => piece.ToArray())], set.Shares.GetValueOrDefault(stratum.Key, 1)))];
    }

    /// <summary>Pieces in a batch, by stratum.</summary>
    public IReadOnlyDictionary<int, int> Places(int piecesPerCategory) => _strata.ToDictionary(stratum => stratum.Key, stratum => stratum.Places(piecesPerCategory));

    /// <summary>
    /// <paramref name="piecesPerCategory"/> pieces of each stratum, or its share of that, fewer where there are not so many; two entries a
    /// piece, each to be seen as another view. They are two photos of the piece where it has two.
    /// </summary>
    public IReadOnlyList<int> Next(int piecesPerCategory)
    {
        var batch = new List<int>();
        foreach (var stratum in _strata)
            for (var i = stratum.Places(piecesPerCategory); i > 0; i--)
            {
                var (first, second) = PiecePhotos.Draw(stratum.Next(_random), _random);
                batch.AddRange([first, second]);
            }
        return batch;
    }

    /// <summary>Pieces of one stratum in shuffled rounds.</summary>
    private sealed class Queue(int stratum, int[][] pieces, double share)
    {
        private int _next = pieces.Length;

        public int Key => stratum;

        public int Places(int piecesPerCategory) =>
            Math.Min(Math.Max(1, (int)Math.Round(share * piecesPerCategory, MidpointRounding.AwayFromZero)), pieces.Length);

        public int[] Next(Random random)
        {
            if (_next == pieces.Length)
            {
                random.Shuffle(pieces);
                _next = 0;
            }
            return pieces[_next++];
        }
    }
}
