using Search.Contracts;
using Search.Imaging;
using Search.Models;

namespace Search.Embedding;

/// <summary>A model whose card and file were checked; only such a model reaches the runtime.</summary>
/// <param name="Path">The verified model file.</param>
internal sealed record RegisteredModel(ModelCard Card, string Path, ImagePreprocessing Preprocessing)
{
    public EmbeddingModelId Id { get; } = Card.Id;
}
