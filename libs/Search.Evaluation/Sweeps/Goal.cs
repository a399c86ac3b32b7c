namespace Search.Evaluation.Sweeps;

/// <summary>A figure that a comparison is to reach.</summary>
/// <param name="Reached">Null where an engine that it takes is missing, or finds too little.</param>
/// <param name="Wanted">At least this, or at most where <paramref name="IsCeiling"/>.</param>
internal sealed record Goal(string Name, double? Reached, double Wanted, bool IsCeiling = false)
{
    public bool? IsMet => Reached is not { } reached ? null : IsCeiling ? reached <= Wanted : reached >= Wanted;

    /// <summary>Those that the engines of this comparison can be held to.</summary>
    public static IEnumerable<Goal> Of(SetComparison comparison)
    {
        const string graph = SetComparison.OursPrefix + "hnsw", exact = SetComparison.OursPrefix + "exact", tables = SetComparison.OursPrefix + "lsh", hnswlib = "hnswlib";
        foreach (var recall in (double[])[0.95, 0.99])
        {
            yield return new Goal(FormattableString.Invariant($"hnsw (float32) / hnswlib at {recall:0.00}"), comparison.Ratio(graph, hnswlib, recall), 1.2);
            var (ours, theirs) = (comparison.Fastest(comparison.Ours, recall), comparison.Fastest(comparison.Peers, recall));
            yield return new Goal(
                FormattableString.Invariant($"best of ours / best of the peers at {recall:0.00} ({ours ?? "-"} / {theirs ?? "-"})"),
                ours is null || theirs is null ? null : comparison.Ratio(ours, theirs, recall), 2);
        }
        yield return new Goal("build time, hnsw / hnswlib", comparison.BuildRatio(graph, hnswlib), 0.7, IsCeiling: true);
        if (comparison.Set.Dimension == 128)
            yield return new Goal("bytes a vector, codes and mapped originals / hnswlib", comparison.Has(graph + "-frozen-mapped") && comparison.Has(hnswlib) ? comparison.BytesRatio(graph + "-frozen-mapped", hnswlib) : null, 0.45, IsCeiling: true);
        // Equal distances may be told apart differently, so that not even a scan finds all.
        yield return new Goal("exact / faiss-Flat, one query", comparison.Ratio(exact, "faiss-Flat", 0.99), 1);
        foreach (var hashing in comparison.Peers.Where(peer => peer.StartsWith("faiss-LSH", StringComparison.Ordinal)))
        {
            // It has one point: that is where the two can be compared.
            var recall = comparison.MostRecall(hashing);
            yield return new Goal(FormattableString.Invariant($"lsh / {hashing} at its recall, {recall:0.000}"), comparison.Ratio(tables, hashing, recall), 1);
        }
        if (comparison.Set.Name != "fashion-mnist") yield break;
        yield return new Goal("forest / our own exact search at 0.90", comparison.Ratio(SetComparison.OursPrefix + "forest", exact, 0.9), 10);
        yield return new Goal("lsh / our own exact search at 0.90", comparison.Ratio(tables, exact, 0.9), 4);
    }
}
