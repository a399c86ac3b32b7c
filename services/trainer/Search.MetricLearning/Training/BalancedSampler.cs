using Search.MetricLearning.Data;

namespace Search.MetricLearning.Training;

/// <summary>
/// Draws P x K batches: the same number of different pieces from each category, each as often as its category is small.
/// Within a category every piece comes once before any comes again. A piece with several photos gives one of them at each draw.
/// </summary>
internal sealed class BalancedSampler : IBatchSampler
{
    private readonly Random _random;
    private readonly Queue[] _categories;

    public BalancedSampler(TrainingSet set, int seed)
    {
        _random = new Random(seed);
        _categories = [.. Enumerable.Range(0, set.Count)
            .GroupBy(i => set.Categories[i])
            .OrderBy(category => category.Key)
            .Select(category => new Queue([.. category.GroupBy(i => set.Pieces[i]).Select(piece => piece.ToArray())]))];
    }

    /// <summary>
    /// <paramref name="piecesPerCategory"/> pieces of each category, fewer where there are not so many; two entries a
    /// piece, each to be seen as another view. They are two photos of the piece where it has two.
    /// </summary>
    public IReadOnlyList<int> Next(int piecesPerCategory)
    {
        var batch = new List<int>();
        foreach (var category in _categories)
            for (var i = 0; i < Math.Min(piecesPerCategory, category.Count); i++)
            {
                var (first, second) = PiecePhotos.Draw(category.Next(_random), _random);
                batch.AddRange([first, second]);
            }
        return batch;
    }

    /// <summary>Pieces of one category in shuffled rounds.</summary>
    private sealed class Queue(int[][] pieces)
    {
        private int _next = pieces.Length;

        public int Count => pieces.Length;

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
