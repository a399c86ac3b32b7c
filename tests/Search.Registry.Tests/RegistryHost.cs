using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Hosting;
using Search.Hosting.Blobs;
using Search.Models;
using Search.Testing;

namespace Search.Registry.Tests;

/// <summary>A registry over the real blob store, and model folders to publish.</summary>
internal sealed class RegistryHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    public RegistryHost(IReadOnlyCollection<KeyValuePair<string, string?>> settings)
    {
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _folder["data"]), .. settings]).Build())
            .AddSingleton<DataDirectory>()
            .AddBlobStore()
            .BuildServiceProvider();
        Registry = new ModelRegistry(Blobs, TimeProvider.System);
    }

    public ModelRegistry Registry { get; }

    public IBlobStore Blobs => _services.GetRequiredService<IBlobStore>();

    public string Cache => _folder["cache"];

    /// <summary>A folder with a card, a model file of this content and one more file.</summary>
    public string Model(string version, string content = "weights")
    {
        var folder = _folder[Guid.NewGuid().ToString("n")];
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "model.onnx"), content);
        File.WriteAllText(Path.Combine(folder, "split.json"), "{}");
        new ModelCard
        {
            Format = ModelCard.CurrentFormat, Name = "gems", Version = version, Description = "d", Dimension = 4, Input = "i", Output = "o",
            File = new ModelFile("model.onnx", ContentHash.Of(File.ReadAllBytes(Path.Combine(folder, "model.onnx"))), "float32"),
            Preprocessing = [], Licence = "MIT",
        }.Write(folder);
        return folder;
    }

    public async ValueTask DisposeAsync()
    {
        Registry.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
