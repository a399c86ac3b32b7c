namespace Search.Embedding;

/// <summary>A picture's vector.</summary>
/// <param name="Vector">Unit length.</param>
/// <param name="PerceptualHash">16 hexadecimal digits: 64 bits do not survive as a JSON number.</param>
internal sealed record EmbeddingAnswer(string Model, float[] Vector, string ContentHash, string PerceptualHash, double DecodeMs, double EmbedMs);
