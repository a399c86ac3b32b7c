using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Tuning;
using Search.Vectors;

namespace Search.Ann.Indexes.Storage.Frozen;

/// <summary>
/// What all indexes have in common that are only read, from memory or from a mapped file. Immutable, so searches take no lock. What opening a file leaves out is proven beside the first searches: the
/// structure is used as it lies until then and as the proof returns it from then on, or every call is refused by what the proof has found.
/// </summary>
internal abstract class FrozenIndex<TMetric, TStructure> : IVectorIndex, ITunableIndex
    where TMetric : struct, IMetric
    where TStructure : class
{
    private readonly FrozenSlots _slots;
    private readonly Task _proving = Task.CompletedTask;
    private TStructure _structure;
    private EffortSetting _defaultEffort;
    private Exception? _damage;
    private bool _isDisposed;

    /// <param name="proof">Checks what is not proven yet, and gives the structure to use from then on; null where all is.</param>
    /// <param name="effort">Of searches that name none.</param>
    protected FrozenIndex(FrozenSlots slots, TStructure structure, Func<TStructure>? proof, int effort)
    {
        _slots = slots;
        _structure = structure;
        _defaultEffort = new EffortSetting(effort);
        if (proof is not null) _proving = Task.Run(() => Prove(proof));
    }

    public abstract string Name { get; }

    public VectorMetric Metric => TMetric.Kind;

    public int Dimension => _slots.Vectors.Dimension;

    public int Count => _slots.IdCount;

    public int DefaultEffort
    {
        get => _defaultEffort.Value;
        set => _defaultEffort.Value = value;
    }

    protected FrozenSlots Slots => _slots;

    /// <summary>What says where to look for the nearest.</summary>
    protected TStructure Structure => Volatile.Read(ref _structure);

    public bool Contains(long id)
    {
        RequireSound();
        var slot = _slots.SlotOf(id);
        GC.KeepAlive(this);
        return slot >= 0;
    }

    public long[] ListIds()
    {
        RequireSound();
        var ids = _slots.Ids.List();
        GC.KeepAlive(this);
        return ids;
    }

    public bool TryGetVector(long id, Span<float> destination)
    {
        RequireSound();
        var slot = _slots.SlotOf(id);
        if (slot >= 0) _slots.Row(slot).CopyTo(destination);
        GC.KeepAlive(this);
        return slot >= 0;
    }

    public int Search(ReadOnlySpan<float> query, int k, SearchOptions options, Span<ScoredId> results, out SearchStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        RequireSound();
        using var prepared = VectorIntake.Prepare(query, TMetric.Kind, Dimension);
        var structure = Structure;
        try
        {
            return Search(structure, prepared.Vector, k, options.Effort > 0 ? options.Effort : DefaultEffort, options.Filter, results, out statistics);
        }
        finally
        {
            // The memory behind the spans goes with the last of both.
            GC.KeepAlive(structure);
            GC.KeepAlive(this);
        }
    }

    public IndexDescription Describe()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var structure = Structure;
        var description = Describe(structure);
        GC.KeepAlive(structure);
        GC.KeepAlive(this);
        return description;
    }

    public void Save(Stream stream)
    {
        // What is written gets new checksums, which must not vouch for damage.
        _proving.Wait();
        RequireSound();
        Save(stream, Structure);
        // Writing has brought all of them.
        _slots.Vectors.Values.RestOnDisk();
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        // It reads the file to its end before it sees anything, and the memory must be there so long.
        _proving.Wait();
        _slots.Release();
        Release(Structure);
    }

    /// <param name="query">As the index stores vectors.</param>
    protected abstract int Search(
        TStructure structure, ReadOnlySpan<float> query, int k, int effort, Filters.IdFilter? filter, Span<ScoredId> results, out SearchStatistics statistics);

    protected abstract IndexDescription Describe(TStructure structure);

    protected abstract void Save(Stream stream, TStructure structure);

    /// <summary>Gives the memory of the structure back, also that of the one before the proof.</summary>
    protected abstract void Release(TStructure structure);

    private void Prove(Func<TStructure> proof)
    {
        try
        {
            Volatile.Write(ref _structure, proof());
        }
        catch (Exception e)
        {
            Volatile.Write(ref _damage, e);
        }
    }

    private void RequireSound()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Volatile.Read(ref _damage) is { } damage) throw new InvalidDataException(damage.Message, damage);
    }
}
