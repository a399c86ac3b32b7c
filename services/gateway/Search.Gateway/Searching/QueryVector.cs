using Search.Contracts;

namespace Search.Gateway.Searching;

/// <summary>What the neighbours are sought with.</summary>
/// <param name="ItemId">The item that the query was made from, if any.</param>
/// <param name="DecodeMs">Milliseconds that the embedding service spent on reading the picture.</param>
/// <param name="EmbedMs">Milliseconds that it spent in the model.</param>
internal sealed record QueryVector(EmbeddingModelId Model, float[] Vector, string? ItemId = null, double DecodeMs = 0, double EmbedMs = 0);
