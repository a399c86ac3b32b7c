namespace Search.Embedding;

/// <summary>When a batch starts and how much may wait.</summary>
/// <param name="MaxSize">Pictures in one inference, from 1.</param>
/// <param name="Deadline">How long the first of a batch waits for more, while another inference runs.</param>
/// <param name="QueryCapacity">Queries that may wait.</param>
internal sealed record BatchPolicy(int MaxSize, TimeSpan Deadline, int QueryCapacity);
