using Search.Contracts;
using Search.Hosting.Blobs;
using Search.Models;

namespace Search.Registry;

/// <summary>
/// Published models in the blob store: versions that never change, and aliases that say which of them serves. Files lie under their hash, so what is stored once can't
/// become something else; the index names them and is replaced as a whole.
/// </summary>
/// <remarks>
/// Safe for concurrent use, from any number of processes: a change is made to the index that was read, and where another one came first it is made again to the index with that one in
/// it. Over S3 this asks for a server that knows conditional puts (If-Match); one that takes no notice of them would lose one of two changes in the same instant.
/// </remarks>
public sealed partial class ModelRegistry(IBlobStore blobs, TimeProvider time) : IDisposable
{
    private const string IndexKey = "models/index";
    private const string CardName = "model.json";

    // Each lost turn means that somebody else's change was made; so many in a row are no coincidence.
    private const int MostTurns = 100;

    // Within a process nobody need lose a turn.
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>What there is now.</summary>
    /// <exception cref="ModelRegistryException">The index is damaged or of a later form.</exception>
    public async Task<RegistryIndex> ReadAsync(CancellationToken cancellation) =>
        await blobs.TryGetAsync(IndexKey, cancellation) is { } bytes ? RegistryIndex.Parse(bytes) : RegistryIndex.Empty;

    /// <summary>Stores a model folder as a version. Publishing the same once more changes nothing.</summary>
    /// <param name="folder">A folder with a card, the model file that the card describes and what else belongs to it; sub-folders are left out.</param>
    /// <param name="cancellation">Nothing is published when it is cancelled.</param>
    /// <exception cref="InvalidModelException">The card or the file is missing or does not fit.</exception>
    /// <exception cref="ModelRegistryException">Another model has this name and version already.</exception>
    public async Task<PublishedModel> PublishAsync(string folder, CancellationToken cancellation)
    {
        var card = ModelCard.Read(folder);
        card.VerifyFile(folder);
        return await ChangeAsync(async index =>
        {
            if (index.Find(card.Id) is { } known)
                return (index, known);
            if (index.Versions.FirstOrDefault(v => v.Id.Value.StartsWith($"{card.Name}@{card.Version}+", StringComparison.Ordinal)) is { } other)
                throw new ModelRegistryException($"Version {card.Version} of {card.Name} is published as {other.Id} and never changes. Publish this one under another version.");
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var path in Directory.EnumerateFiles(folder))
            {
                var bytes = await File.ReadAllBytesAsync(path, cancellation);
                var hash = ContentHash.Of(bytes);
                await blobs.PutAsync(FileKey(hash), bytes, cancellation);
                files[Path.GetFileName(path)] = hash;
            }
            var version = new PublishedModel(card.Id, files, time.GetUtcNow());
            return (index.With(version), version);
        }, cancellation);
    }

    /// <summary>Lets an alias name a published version from now on.</summary>
    /// <exception cref="ModelRegistryException">There is no such version.</exception>
    public Task<AliasChange> PointAsync(string alias, EmbeddingModelId model, string reason, CancellationToken cancellation)
    {
        ModelAliases.Require(alias);
        return ChangeAsync(index =>
        {
            if (index.Find(model) is null)
                throw new ModelRegistryException($"No model {model} is published. {Offer(index)}");
            if (index.Current(alias) is { } current && current.Model == model)
                return Task.FromResult((index, current));
            var change = new AliasChange(model, time.GetUtcNow(), reason);
            return Task.FromResult((index.With(alias, change), change));
        }, cancellation);
    }

    /// <summary>Makes a published version production and what was production until now previous, in one change. What was previous, if no alias names it any more, is released. A first production has nothing to be judged beside and needs no verdict.</summary>
    /// <param name="force">Ask for no verdict.</param>
    /// <exception cref="ModelRegistryException">There is no such version.</exception>
    /// <exception cref="ModelNotAdmittedException">No recorded verdict admits it in the place of the production there is at that moment.</exception>
    public Task<AliasChange> PromoteAsync(EmbeddingModelId model, string reason, bool force, CancellationToken cancellation) => ChangeAsync(
        index =>
        {
            if (!force && index.Current(ModelAliases.Production) is { } production && production.Model != model && index.Find(model) is not null)
                index.RequireAdmission(model, production.Model);
            return Task.FromResult(Promote(index, model, reason));
        },
        cancellation);

    /// <summary>Makes previous production again; called again, the two change places.</summary>
    /// <exception cref="ModelRegistryException">Nothing is previous, or it is production already.</exception>
    public Task<AliasChange> DemoteAsync(string reason, CancellationToken cancellation) => ChangeAsync(
        index => index.Current(ModelAliases.Previous) is { } previous && previous.Model != index.Current(ModelAliases.Production)?.Model
            ? Task.FromResult(Promote(index, previous.Model, reason))
            : throw new ModelRegistryException("No other model was production before, or it was released; there is nothing to go back to."),
        cancellation);

    /// <summary>Brings a version's files into a folder of this machine, once, each checked as it comes; whoever loads the model checks its file again.</summary>
    /// <param name="model">A published version.</param>
    /// <param name="cache">Folder for all versions; each gets its own below.</param>
    /// <param name="cancellation">Leaves no half version behind.</param>
    /// <returns>The version's folder, with its card.</returns>
    /// <exception cref="ModelRegistryException">There is no such version, or a file of it is missing or damaged.</exception>
    public async Task<string> FetchAsync(EmbeddingModelId model, string cache, CancellationToken cancellation)
    {
        var index = await ReadAsync(cancellation);
        var version = index.Find(model) ?? throw new ModelRegistryException($"No model {model} is published. {Offer(index)}");
        var folder = Path.Combine(cache, model.Value);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(cache);
            var incoming = Path.Combine(cache, $".incoming-{Guid.NewGuid():n}");
            try
            {
                Directory.CreateDirectory(incoming);
                foreach (var (name, hash) in version.Files)
                    await File.WriteAllBytesAsync(Path.Combine(incoming, SafeName(name)), await FileAsync(model, name, hash, cancellation), cancellation);
                Move(incoming, folder);
            }
            finally
            {
                if (Directory.Exists(incoming))
                    Directory.Delete(incoming, recursive: true);
            }
        }
        return folder;
    }

    public void Dispose() => _writing.Dispose();

    private (RegistryIndex Index, AliasChange Change) Promote(RegistryIndex index, EmbeddingModelId model, string reason)
    {
        if (index.Find(model) is null)
            throw new ModelRegistryException($"No model {model} is published. {Offer(index)}");
        var change = new AliasChange(model, time.GetUtcNow(), reason);
        if (index.Current(ModelAliases.Production) is not { } current)
            return (index.With(ModelAliases.Production, change), change);
        if (current.Model == model)
            return (index, current);
        var before = index.Current(ModelAliases.Previous)?.Model;
        var after = index.With(ModelAliases.Previous, change with { Model = current.Model }).With(ModelAliases.Production, change);
        return (before is { } pushedOut && !after.IsNamed(pushedOut) ? after.WithReleased(pushedOut, change.At, $"{current.Model} is previous now") : after, change);
    }

    private async Task<byte[]> FileAsync(EmbeddingModelId model, string name, string hash, CancellationToken cancellation)
    {
        var bytes = await blobs.TryGetAsync(FileKey(hash), cancellation)
            ?? throw new ModelRegistryException($"'{name}' of {model} is missing in the blob store ({FileKey(hash)}). Publish the model again.");
        return ContentHash.Of(bytes) == hash
            ? bytes
            : throw new ModelRegistryException($"'{name}' of {model} is damaged in the blob store ({FileKey(hash)}). Delete it there and publish the model again.");
    }

    private static void Move(string incoming, string folder)
    {
        try
        {
            Directory.Move(incoming, folder);
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, CardName)))
        {
            // Somebody else was faster; theirs was checked as well.
        }
    }

    private async Task<T> ChangeAsync<T>(Func<RegistryIndex, Task<(RegistryIndex Index, T Result)>> change, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            for (var turn = 0; turn < MostTurns; turn++)
            {
                var read = await blobs.TryGetVersionAsync(IndexKey, cancellation);
                var before = read is null ? RegistryIndex.Empty : RegistryIndex.Parse(read.Bytes);
                var (after, result) = await change(before);
                if (after == before || await blobs.TryReplaceAsync(IndexKey, read?.Version, after.ToBytes(), cancellation))
                    return result;
            }
            throw new ModelRegistryException($"The model registry's index could not be replaced in {MostTurns} turns. Either others change it all the time, or the S3 server refuses every conditional put.");
        }
        finally
        {
            _writing.Release();
        }
    }

    private static string Offer(RegistryIndex index) =>
        index.Versions.Count == 0 ? "None is published so far." : $"There are {string.Join(", ", index.Versions.Select(v => v.Id.Value))}.";

    private static string FileKey(string hash) => $"models/files/{hash}";

    // The index is ours, but a name out of it becomes a path.
    private static string SafeName(string name) => name.Length > 0 && name == Path.GetFileName(name) && name != ".."
        ? name
        : throw new ModelRegistryException($"The model registry names a file '{name}', which is no plain file name.");
}
