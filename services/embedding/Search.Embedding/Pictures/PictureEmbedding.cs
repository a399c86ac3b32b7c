namespace Search.Embedding;

/// <summary>A picture's vector and how it came about.</summary>
/// <param name="DecodeMs">Reading and preparing, waiting included; 0 when nothing was decoded.</param>
/// <param name="EmbedMs">In the model, waiting included; 0 when it was not asked.</param>
internal sealed record PictureEmbedding(StoredEmbedding Content, EmbeddingOrigin Origin, double DecodeMs = 0, double EmbedMs = 0);
