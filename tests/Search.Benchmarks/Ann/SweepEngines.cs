using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Rescoring;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Tree;
using Search.Testing;

namespace Search.Benchmarks.Ann;

/// <summary>One of our configurations in a sweep over a set.</summary>
/// <param name="Efforts">What it is searched with where nothing else is asked for; from hardly enough to nearly exact.</param>
/// <param name="Build">Of the whole set, with all cores.</param>
internal sealed record SweepEngine(int[] Efforts, Func<VectorSet, HnswOptions, IVectorIndex> Build)
{
    /// <summary>Whether effort means efSearch, as with every graph of the peers.</summary>
    internal bool IsGraph { get; init; }
}

/// <summary>Our configurations by name. Another one is one line here.</summary>
internal static class SweepEngines
{
    private static readonly int[] _graph = [10, 20, 40, 80, 160, 320];
    private static readonly int[] _candidates = [100, 200, 500, 1_000, 2_000, 4_000, 8_000, 16_000];
    private static readonly int[] _hashed = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
    private static readonly int[] _rescored = [10, 20, 50, 100, 200, 500, 1_000, 2_000];

    internal static readonly IReadOnlyDictionary<string, SweepEngine> ByName = new Dictionary<string, SweepEngine>(StringComparer.Ordinal)
    {
        ["hnsw"] = new(_graph, (set, options) => Filled(new HnswIndexFactory(options), set)) { IsGraph = true },
        ["hnsw-frozen"] = new(_graph, (set, options) => Frozen(set, options)) { IsGraph = true },
        ["hnsw-frozen-mapped"] = new(_graph, (set, options) => Mapped(new HnswIndexFactory(options), set)) { IsGraph = true },
        ["forest"] = new(_candidates, (set, _) => Filled(new ForestIndexFactory(), set)),
        ["forest-mapped"] = new(_candidates, (set, _) => Mapped(new ForestIndexFactory(), set)),
        ["lsh"] = new(_hashed, (set, _) => Filled(new LshIndexFactory(), set)),
        ["exact"] = new([0], (set, _) => Filled(new ExactIndexFactory(), set)),
        ["scalar8-rescored"] = new(_rescored, (set, _) => Rescored(set, new ScalarCodeOptions())),
        ["product-rescored"] = new(_rescored, (set, _) => Rescored(set, new ProductCodeOptions())),
        ["binary-rescored"] = new(_rescored, (set, _) => Rescored(set, new BinaryCodeOptions())),
    };

    /// <exception cref="ArgumentException">None of that name.</exception>
    internal static SweepEngine Require(string name) =>
        ByName.TryGetValue(name, out var engine) ? engine : throw new ArgumentException($"'{name}' is no index of the sweep; there are {string.Join(", ", ByName.Keys)}.", nameof(name));

    internal static IMutableVectorIndex Filled(IVectorIndexFactory factory, VectorSet set)
    {
        var index = factory.Create(new IndexShape(VectorMetric.SquaredL2, set.Dimension));
        index.UpsertAll(Enumerable.Range(0, set.Count).Select(i => (long)i).ToArray(), set.Base);
        return index;
    }

    private static IVectorIndex Frozen(VectorSet set, HnswOptions options)
    {
        using var live = Filled(new HnswIndexFactory(options), set);
        return HnswFreezer.Freeze(live);
    }

    /// <summary>As a service holds it: the vectors in a mapped file, and what leads to them where the kind puts it. The file has no name any more once it is open.</summary>
    private static IVectorIndex Mapped(IVectorIndexFactory factory, VectorSet set)
    {
        using var folder = new TemporaryFolder();
        FrozenFileVerb.Build(folder["index"], factory, set);
        return factory.Open(folder["index"]);
    }

    private static IVectorIndex Rescored(VectorSet set, CodeOptions code)
    {
        using var exact = Filled(new ExactIndexFactory(), set);
        return RescoredIndex.Create(CodeIndex.Build(exact, code), VectorSource.CopyOf(exact));
    }
}
