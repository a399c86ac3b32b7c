using Microsoft.Extensions.Options;
using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Contracts;
using Search.Hosting;

namespace Search.Ann.Local;

/// <summary>Collections in this process, each in a folder named by its model below the service's data folder.</summary>
internal sealed class LocalCollectionEngine(
    DataDirectory data, IndexCatalogue catalogue, IOptions<AnnOptions> options, TimeProvider time, ILogger<LocalCollectionEngine> logger) : ICollectionEngine
{
    public const string EngineName = "local";

    /// <summary>Ends the name of a folder that is being deleted; no model id ends so.</summary>
    private const string Dropped = ".dropped";

    private readonly string _root = data.For("ann");

    private readonly LocalSettings _settings = new(catalogue, options.Value.ExactUpTo, options.Value.Durability == Durability.Disk, time)
    {
        // Asked of the catalogue, so that an unknown name stops the start and the message lists those there are.
        LargeIndex = catalogue[options.Value.LargeIndex].Name,
        SegmentSize = options.Value.SegmentSize,
        Verification = options.Value.VerifyAtStart ? FileVerification.AtOpen : FileVerification.Background,
    };

    public string Name => EngineName;

    public Task<IReadOnlyList<EmbeddingModelId>> ListAsync(CancellationToken cancellation)
    {
        var models = new List<EmbeddingModelId>();
        foreach (var folder in Directory.EnumerateDirectories(_root).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (name.EndsWith(Dropped, StringComparison.Ordinal))
            {
                DeleteLeftover(folder);
                continue;
            }
            // A folder without files is left by a crash during creation, before anything was acknowledged.
            if (EmbeddingModelId.IsValid(name) && Directory.EnumerateFiles(folder, "*.journal").Any()) models.Add(new EmbeddingModelId(name));
            else LocalLog.FolderIgnored(logger, folder);
        }
        return Task.FromResult<IReadOnlyList<EmbeddingModelId>>(models);
    }

    public Task<IVectorCollection> OpenAsync(EmbeddingModelId model, CancellationToken cancellation) =>
        Task.Run<IVectorCollection>(() => LocalVectorCollection.Open(CollectionFolder.For(_root, model), model, _settings, logger), cancellation);

    public Task<IVectorCollection> CreateAsync(EmbeddingModelId model, int dimension, CancellationToken cancellation)
    {
        LocalVectorCollection.Create(CollectionFolder.For(_root, model), model, dimension);
        return OpenAsync(model, cancellation);
    }

    public Task DropAsync(EmbeddingModelId model, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var (folder, dropped) = (CollectionFolder.For(_root, model), CollectionFolder.For(_root, model) + Dropped);
            if (Directory.Exists(dropped)) Directory.Delete(dropped, recursive: true);
            if (!Directory.Exists(folder)) return;
            // From this moment on it is gone, whenever the process ends.
            Directory.Move(folder, dropped);
            DeleteLeftover(dropped);
        },
        cancellation);

    /// <summary>What can't be deleted now, e.g. since another system has it open, is tried again at the next start; until then nothing waits for it.</summary>
    private void DeleteLeftover(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LocalLog.LeftoverKept(logger, folder, e);
        }
    }
}
