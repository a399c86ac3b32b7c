namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>The parts of a frozen index, but for its code.</summary>
internal sealed record FrozenContents(FrozenGraph Graph, FrozenVectors Vectors, FrozenIds Ids)
{
    /// <summary>Gives all memory back. Nobody may be reading any more.</summary>
    public void Release()
    {
        Graph.Rows.Region.Dispose();
        Vectors.Values.Region.Dispose();
        var (ids, starts, byId) = Ids.Parts;
        ids.Region.Dispose();
        starts.Region.Dispose();
        byId.Region.Dispose();
    }
}
