using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Vectors;

namespace Search.Ann.Collections;

/// <summary>The open collections, one a model. Thread-safe. Whoever asks before they are loaded waits.</summary>
internal sealed class CollectionRegistry : IAsyncDisposable
{
    private readonly ICollectionEngine _engine;
    private readonly ConcurrentDictionary<EmbeddingModelId, IVectorCollection> _open = new();
    private readonly ConcurrentDictionary<EmbeddingModelId, string> _damaged = new();
    private readonly SemaphoreSlim _creating = new(1);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="OptionsValidationException">The options name an engine that there is not.</exception>
    public CollectionRegistry(IEnumerable<ICollectionEngine> engines, IOptions<AnnOptions> options)
    {
        var known = engines.ToList();
        _engine = known.Find(engine => engine.Name == options.Value.Engine) ?? throw new OptionsValidationException(
            AnnOptions.Section, typeof(AnnOptions), [$"Ann:Engine is '{options.Value.Engine}'; there are {string.Join(", ", known.Select(engine => engine.Name))}."]);
    }

    /// <summary>In order of the model id.</summary>
    public IReadOnlyList<IVectorCollection> Open => [.. _open.Values.OrderBy(collection => collection.Model.Value, StringComparer.Ordinal)];

    /// <summary>Models whose collection cannot be opened, and why.</summary>
    public IReadOnlyDictionary<EmbeddingModelId, string> Damaged => _damaged;

    /// <summary>Opens all there are. One that is damaged does not keep the others from answering.</summary>
    public async Task LoadAsync(Action<EmbeddingModelId, Exception> onDamage, CancellationToken cancellation)
    {
        try
        {
            foreach (var model in await _engine.ListAsync(cancellation))
            {
                try
                {
                    _open[model] = await _engine.OpenAsync(model, cancellation);
                }
                catch (Exception e) when (e is InvalidDataException or IOException)
                {
                    _damaged[model] = e.Message;
                    onDamage(model, e);
                }
            }
            _loaded.SetResult();
        }
        catch (Exception e)
        {
            _loaded.SetException(e);
            throw;
        }
    }

    public Task WhenLoaded(CancellationToken cancellation) => _loaded.Task.WaitAsync(cancellation);

    /// <summary>The model's collection, or null where there is none: nothing was ever indexed for it.</summary>
    /// <exception cref="ServiceProblemException">503: it is damaged.</exception>
    public async ValueTask<IVectorCollection?> FindAsync(EmbeddingModelId model, CancellationToken cancellation)
    {
        if (!_loaded.Task.IsCompletedSuccessfully) await WhenLoaded(cancellation);
        if (_open.TryGetValue(model, out var collection)) return collection;
        return _damaged.TryGetValue(model, out var why)
            ? throw new ServiceProblemException(ServiceProblem.Unavailable($"The collection of '{model}' cannot be opened: {why}", retryAfterSeconds: 60))
            : null;
    }

    /// <summary>The model's collection, made for vectors like this one when there is none.</summary>
    /// <exception cref="ArgumentException">There is none, and the vector is not one to found a collection on.</exception>
    public async Task<IVectorCollection> FindOrCreateAsync(EmbeddingModelId model, float[] first, CancellationToken cancellation)
    {
        if (await FindAsync(model, cancellation) is { } known) return known;
        if (!VectorKernels.IsUnitLength(first))
            throw new ArgumentException($"The first vector of '{model}' has not length 1; no collection is made for it.", nameof(first));
        await _creating.WaitAsync(cancellation);
        try
        {
            if (_open.TryGetValue(model, out var collection)) return collection;
            return _open[model] = await _engine.CreateAsync(model, first.Length, cancellation);
        }
        finally
        {
            _creating.Release();
        }
    }

    /// <summary>Every model with a collection, damaged or not.</summary>
    public IReadOnlyList<EmbeddingModelId> Models => [.. _open.Keys.Concat(_damaged.Keys).Distinct()];

    /// <summary>Removes a model's collection with its files. Searches under way end with what they have; a write under way is done first, a later one finds no collection.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="IOException">Files can't be removed now; the collection answers no more all the same.</exception>
    public async Task<bool> DropAsync(EmbeddingModelId model, CancellationToken cancellation)
    {
        await WhenLoaded(cancellation);
        await _creating.WaitAsync(cancellation);
        try
        {
            var known = _damaged.TryRemove(model, out _);
            if (_open.TryRemove(model, out var collection))
            {
                known = true;
                await collection.DisposeAsync();
            }
            // Also where none is open: removing may have failed before.
            await _engine.DropAsync(model, cancellation);
            return known;
        }
        finally
        {
            _creating.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var collection in _open.Values)
            await collection.DisposeAsync();
        _creating.Dispose();
    }
}
