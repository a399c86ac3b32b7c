using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Hosting;
using Search.Imaging;
using Search.Models;
using Search.Registry;
using Search.Testing.Onnx;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>Versions of a model that takes microseconds; their vectors have nothing to do with each other.</summary>
internal static class TinyModels
{
    internal const string Name = "tiny";

    /// <summary>Writes a version below a folder of models.</summary>
    /// <param name="seed">Of its weights; by default every version has others.</param>
    /// <param name="dimension">Few components tell few pictures apart.</param>
    internal static EmbeddingModelId Write(string models, int version, int? seed = null, int dimension = 16)
    {
        var onnx = TinyOnnx.Create(seed: seed ?? version, dimension: dimension);
        var card = new ModelCard
        {
            Format = ModelCard.CurrentFormat,
            Name = Name,
            Version = $"{version}.0.0",
            Description = "Means over a grid, projected.",
            File = new ModelFile("model.onnx", ContentHash.Of(onnx), "float32"),
            Dimension = dimension,
            Input = "pixels",
            Output = "embedding",
            Preprocessing = JsonNode.Parse(new ImagePreprocessing { Width = 32, Height = 32 }.ToJson())!.AsObject(),
            Licence = "MIT",
        };
        var folder = Path.Combine(models, Name);
        card.Write(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), onnx);
        return card.Id;
    }

    /// <summary>Publishes what <see cref="Write"/> wrote to the services over this data folder, as the trainer does: from another process.</summary>
    internal static async Task PublishAsync(string models, string data)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", data)]).Build())
            .AddSingleton<DataDirectory>()
            .AddModelRegistry()
            .BuildServiceProvider();
        await services.GetRequiredService<ModelRegistry>().PublishAsync(Path.Combine(models, Name), TestContext.Current.CancellationToken);
    }
}
