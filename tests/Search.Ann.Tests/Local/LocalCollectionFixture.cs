using Microsoft.Extensions.Logging.Abstractions;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing;

namespace Search.Ann.Tests.Local;

/// <summary>Local collections below a folder of the test's own.</summary>
internal sealed class LocalCollectionFixture(int exactUpTo, string largeIndex = HnswIndexFactory.IndexName, int segmentSize = AnnOptions.DefaultSegmentSize) : IDisposable
{
    // Made when it is asked for: the process that is killed uses the settings alone, and would leave it behind.
    private readonly Lazy<TemporaryFolder> _folder = new();

    public LocalSettings Settings { get; } = new(
        new IndexCatalogue(new ExactIndexFactory(), new ForestIndexFactory(), new LshIndexFactory(), new HnswIndexFactory()), exactUpTo, FlushToDisk: false, TimeProvider.System)
    {
        LargeIndex = largeIndex,
        SegmentSize = segmentSize,
        // Merging goes on at all times.
        MergeAfterQuiet = TimeSpan.Zero,
    };

    public string PathOf(EmbeddingModelId model) => CollectionFolder.For(_folder.Value.Path, model);

    public LocalVectorCollection Create(EmbeddingModelId model, int dimension)
    {
        LocalVectorCollection.Create(PathOf(model), model, dimension);
        return Open(PathOf(model), model);
    }

    public LocalVectorCollection Open(string path, EmbeddingModelId model) => LocalVectorCollection.Open(path, model, Settings, NullLogger.Instance);

    /// <summary>
    /// What a kill at this very moment would leave: the files as the operating system has them, without anything the process would still have
    /// done. Opening the copy is opening after the crash.
    /// </summary>
    public string KilledCopy(EmbeddingModelId model, string name)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder.Value.Path, "killed", name)).FullName;
        foreach (var file in Directory.EnumerateFiles(PathOf(model)))
        {
            if (Path.GetFileName(file) != "lock") File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        }
        return copy;
    }

    public void Dispose()
    {
        if (_folder.IsValueCreated) _folder.Value.Dispose();
    }
}
