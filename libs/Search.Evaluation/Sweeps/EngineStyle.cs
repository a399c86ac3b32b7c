using Search.Evaluation.Charts;

namespace Search.Evaluation.Sweeps;

/// <summary>How each engine looks in every picture: ours in colours of their own, the peers in greys, a family by its shade and its members by their dashes.</summary>
internal static class EngineStyle
{
    private static readonly Dictionary<string, string> _ours = new(StringComparer.Ordinal)
    {
        ["hnsw"] = "#00857a",
        ["hnsw-frozen"] = "#0b57d0",
        ["hnsw-frozen-mapped"] = "#3f9bf2",
        ["forest"] = "#4c8a1f",
        ["forest-mapped"] = "#8bb936",
        ["lsh"] = "#e4610a",
        ["exact"] = "#15181c",
        ["scalar8-rescored"] = "#8131b5",
        ["product-rescored"] = "#c8255f",
        ["binary-rescored"] = "#8a5a44",
    };

    private static readonly string[] _spare = ["#b8860b", "#5e35b1", "#00695c", "#ad1457"];

    private static readonly Dictionary<string, (string Colour, string Dashes)> _peers = new(StringComparer.Ordinal)
    {
        ["hnswlib"] = ("#4d5866", ""),
        ["usearch-f32"] = ("#7487a0", ""),
        ["usearch-f16"] = ("#7487a0", "7 3"),
        ["usearch-i8"] = ("#7487a0", "2 3"),
        ["faiss-HNSW16"] = ("#a3937f", ""),
        ["faiss-HNSW16_SQ8"] = ("#a3937f", "7 3"),
        ["faiss-IVF1024,Flat"] = ("#a3937f", "2 3"),
        ["faiss-Flat"] = ("#a3937f", "9 3 2 3"),
    };

    public static ChartStyle Of(string engine)
    {
        if (SetComparison.IsOurs(engine))
        {
            var name = Label(engine);
            // It lies on top of the one with its vectors in memory: both are to be seen.
            return new ChartStyle(_ours.TryGetValue(name, out var colour) ? colour : _spare[Number(name) % _spare.Length], name.EndsWith("-mapped", StringComparison.Ordinal) ? "5 4" : "", IsProminent: true);
        }
        return _peers.TryGetValue(engine, out var peer) ? new ChartStyle(peer.Colour, peer.Dashes, IsProminent: false) : new ChartStyle("#8b8b8b", "", IsProminent: false);
    }

    /// <summary>What a reader has to be told: the colour says whose it is.</summary>
    public static string Label(string engine) => SetComparison.IsOurs(engine) ? engine[SetComparison.OursPrefix.Length..] : engine;

    // The same in every process, unlike a string's hash code.
    private static int Number(string name) => name.Sum(character => character);
}
