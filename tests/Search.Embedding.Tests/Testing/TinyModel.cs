using System.Text.Json.Nodes;
using Search.Contracts;
using Search.Imaging;
using Search.Models;
using Search.Testing.Onnx;

namespace Search.Embedding.Tests;

/// <summary>Publishes <see cref="TinyOnnx"/> into a registry's folder, with a card that can be told to lie.</summary>
internal static class TinyModel
{
    internal const string Name = "tiny";

    internal static ImagePreprocessing Preprocessing { get; } = new() { Width = 32, Height = 32 };

    internal static ModelCard Publish(string models, Func<ModelCard, ModelCard>? change = null, byte[]? onnx = null)
    {
        onnx ??= TinyOnnx.Create();
        var card = new ModelCard
        {
            Format = ModelCard.CurrentFormat,
            Name = Name,
            Version = "1.0.0",
            Description = "Means over a grid, projected.",
            File = new ModelFile("model.onnx", ContentHash.Of(onnx), "float32"),
            Dimension = 16,
            Input = "pixels",
            Output = "embedding",
            Preprocessing = Json(Preprocessing),
            Licence = "MIT",
        };
        card = change?.Invoke(card) ?? card;
        var folder = Path.Combine(models, Name);
        card.Write(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), onnx);
        return card;
    }

    internal static JsonObject Json(ImagePreprocessing preprocessing) => JsonNode.Parse(preprocessing.ToJson())!.AsObject();
}
