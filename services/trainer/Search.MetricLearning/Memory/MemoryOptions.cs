namespace Search.MetricLearning.Memory;

/// <summary>Of a <see cref="CrossBatchMemory"/>.</summary>
public sealed record MemoryOptions
{
    /// <summary>Embeddings kept, at least 1; the newest replaces the oldest. Past one round through the training set nothing new comes in.</summary>
    public int Size { get; init; } = 1024;

    /// <summary>
    /// Steps in which the memory fills but is not looked at, at least 0. It holds embeddings of an older network, which is close enough
    /// only once the network moves slowly.
    /// </summary>
    public int WarmUp { get; init; } = 100;

    internal IEnumerable<string> Errors()
    {
        if (Size < 1)
            yield return $"memory.size is {Size}, not at least 1";
        if (WarmUp < 0)
            yield return $"memory.warmUp is {WarmUp}, not at least 0";
    }
}
