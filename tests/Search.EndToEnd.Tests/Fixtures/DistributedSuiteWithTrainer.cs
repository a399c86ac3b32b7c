using Search.Testing;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>The same suite with the trainer service, a few real photos to train on and weights to start from.</summary>
public sealed class DistributedSuiteWithTrainer : DistributedSuite
{
    public const string Photos = "photos";

    private const int PhotosACategory = 12;

    private readonly TemporaryFolder _training = new();

    protected override IEnumerable<string> Settings => ["--Indexing:ReembedPerSecond", "1000"];

    protected override string[] PrepareTrainer()
    {
        if (Repository.Shared is not { } shared)
        {
            Assert.Skip("No photos and weights to train with: shared/ is not beside the repository (SEARCH_SHARED_DIR names another place).");
            return [];
        }
        foreach (var category in Directory.EnumerateDirectories(Path.Combine(shared, "data", "jewelry-photos")))
        {
            var copy = Directory.CreateDirectory(Path.Combine(_training.Path, Photos, Path.GetFileName(category))).FullName;
            foreach (var photo in Directory.EnumerateFiles(category).Order(StringComparer.Ordinal).Take(PhotosACategory))
                File.Copy(photo, Path.Combine(copy, Path.GetFileName(photo)));
        }
        return
        [
            "--Training:Root", _training.Path, "--Training:Weights", Path.Combine(shared, "models", "mobilenetv2-imagenet", "mobilenetv2-imagenet.safetensors"),
            // The one that building the tests has built.
            "--Training:Program", Path.Combine(Repository.Root, "services", "trainer", "Search.Trainer", "bin", "Debug", "net10.0", "Search.Trainer.dll"),
        ];
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _training.Dispose();
    }
}
