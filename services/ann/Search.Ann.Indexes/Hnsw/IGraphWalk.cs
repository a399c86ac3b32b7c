namespace Search.Ann.Indexes.Hnsw;

/// <summary>A graph and a query on it, as a search walks it. A struct as a type argument, so that the walk is compiled with the scoring inlined.</summary>
internal interface IGraphWalk
{
    /// <summary>A node on the highest level. The graph is not empty.</summary>
    int Entry { get; }

    int TopLevel { get; }

    /// <summary>Slots are below this.</summary>
    int SlotCount { get; }

    /// <summary>Rows to ask for ahead of the one being scored.</summary>
    int LookAhead { get; }

    ReadOnlySpan<int> Links(int level, int slot);

    /// <summary>Higher for the more similar.</summary>
    float Score(int slot);

    /// <summary>Asks for what <see cref="Score"/> reads ahead of it.</summary>
    void Prefetch(int slot);

    /// <summary>Asks for what <see cref="Links"/> reads ahead of it.</summary>
    void PrefetchLinks(int level, int slot);
}
