using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Filters;

/// <summary>
/// Recall with a filter, at the effort at which a search without one finds nearly all, whatever the filter has to do with the query.
/// </summary>
public sealed class FilteredRecallTests(FilteredRecallTests.Indexes indexes) : IClassFixture<FilteredRecallTests.Indexes>
{
    // What the project promises. A filtered search may find more.
    private const double Tolerance = 0.02;

    private const int K = 10;
    private const int Count = 12_000;
    private const int Dimension = 24;
    private const int Clusters = 120;

    public static TheoryData<string, int> Kinds => new() { { "hnsw", 20 }, { "hnsw", 100 }, { "hnsw-frozen", 20 }, { "forest", 300 }, { "lsh", 1_000 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_WithAnyFilter_FindsWhatItFindsWithout(string kind, int effort)
    {
        var index = indexes[kind];
        var floor = indexes.Recall(index, effort, _ => null) - Tolerance;
        Assert.InRange(floor, 0.85, 0.98);
        foreach (var share in (double[])[0.5, 0.2, 0.1, 0.01, 0.001])
        {
            var count = (int)(Count * share);
            long[] some = [.. indexes.Shuffled.AsSpan(0, count)];
            var independent = some.ToHashSet();
            AssertRecall("independent", _ => IdFilter.Of(some));
            AssertRecall("independent predicate", _ => IdFilter.Where(independent.Contains));
            AssertRecall("nearest the query", query => IdFilter.Of(indexes.Ordered[query].AsSpan(0, count)));
            AssertRecall("farthest from the query", query => IdFilter.Of(indexes.Ordered[query].AsSpan(Count - count)));
            AssertRecall("whole clusters", _ => IdFilter.Where(id => id % Clusters < Math.Max(1, Clusters * share)));

            void AssertRecall(string filter, Func<int, IdFilter> filterOf)
            {
                var recall = indexes.Recall(index, effort, filterOf);
                Assert.True(recall >= floor, $"{kind} at {effort}: {filter}, {share:p1} pass: recall {recall:f3}, at least {floor:f3}");
            }
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.2)]
    public void Search_OfAGraph_WithAFilterThatManyPass_LooksAtFewOfThem(double share)
    {
        var passing = indexes.Shuffled.AsSpan(0, (int)(Count * share)).ToArray();
        foreach (var kind in (string[])["hnsw", "hnsw-frozen"])
        {
            indexes[kind].Search(indexes.Queries[0], K, new SearchOptions { Effort = 20, Filter = IdFilter.Of(passing) }, new ScoredId[K], out var statistics);
            Assert.InRange(statistics.DistancesComputed, 100, Count / 8);
        }
    }

    public sealed class Indexes : IDisposable
    {
        private readonly Dictionary<string, IVectorIndex> _indexes = [];

        public Indexes()
        {
            var random = new RandomVectors(77);
            var all = random.Clustered(Count + 40, Dimension, Clusters);
            Queries = all[Count..];
            var ids = Enumerable.Range(0, Count).Select(i => (long)i).ToArray();
            var rows = all[..Count].SelectMany(vector => vector).ToArray();
            Shuffled = [.. ids];
            new Random(78).Shuffle(Shuffled);
            Ordered = [.. Queries.Select(query => ids.OrderBy(id => VectorKernels.SquaredL2(query, all[id])).ToArray())];
            foreach (var factory in (IVectorIndexFactory[])[new ExactIndexFactory(), new HnswIndexFactory(), new ForestIndexFactory(), new LshIndexFactory()])
            {
                var index = factory.Create(new IndexShape(VectorMetric.SquaredL2, Dimension));
                index.UpsertAll(ids, rows);
                _indexes.Add(index.Name, index);
            }
            _indexes.Add("hnsw-frozen", HnswFreezer.Freeze(_indexes["hnsw"]));
        }

        public float[][] Queries { get; }

        public long[] Shuffled { get; }

        /// <summary>By query: all ids, the nearest first.</summary>
        public long[][] Ordered { get; }

        public IVectorIndex this[string kind] => _indexes[kind];

        /// <summary>Of what the exact index finds.</summary>
        public double Recall(IVectorIndex index, int effort, Func<int, IdFilter?> filterOf)
        {
            var (found, truth) = (new ScoredId[K], new ScoredId[K]);
            double hits = 0, expected = 0;
            for (var query = 0; query < Queries.Length; query++)
            {
                var options = new SearchOptions { Effort = effort, Filter = filterOf(query) };
                var there = truth.AsSpan(0, _indexes["exact"].Search(Queries[query], K, options, truth, out _));
                foreach (var result in found.AsSpan(0, index.Search(Queries[query], K, options, found, out _)))
                    hits += there.Contains(result) ? 1 : 0;
                expected += there.Length;
            }
            return hits / expected;
        }

        public void Dispose()
        {
            foreach (var index in _indexes.Values)
                index.Dispose();
        }
    }
}
