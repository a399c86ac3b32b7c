namespace Search.Embedding;

/// <summary>What is kept about a picture's content under one model. Immutable by agreement: nobody writes into the vector.</summary>
internal sealed record StoredEmbedding(float[] Vector, ulong PerceptualHash);
