using System.Runtime.InteropServices;
using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Local.Segments;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Vectors;

namespace Search.Ann.Local;

/// <summary>
/// A collection in this process: key table and the segment that takes writes in memory, frozen segments mapped, journal and snapshots beside them in a folder. Reads take no lock of the collection; writes
/// take turns. A write is checked, then in the journal, then in memory, then acknowledged, so what a caller was told is never lost, and
/// what a search finds was durable before.
/// </summary>
internal sealed class LocalVectorCollection : IVectorCollection, ISnapshotCollection, IIndexedCollection
{
    private readonly CollectionFolder _folder;
    private readonly LocalSettings _settings;
    private readonly EntryTable _entries;
    private readonly SegmentList _segments;
    private readonly SegmentKeeper _keeper;
    private readonly ILogger _logger;
    private readonly List<int> _retired = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _closing = new();
    private Journal _journal;
    private int _generation;
    private long _writesSinceSnapshot;

    private LocalVectorCollection(CollectionFolder folder, JournalHead head, EntryTable entries, SegmentList segments, LocalSettings settings, ILogger logger)
    {
        _folder = folder;
        _settings = settings;
        _logger = logger;
        _entries = entries;
        _segments = segments;
        Model = head.Model;
        Dimension = head.Dimension;
        _generation = head.Generation;
        _journal = Journal.Open(folder.Journal(_generation), head, settings.FlushToDisk, Apply);
        LastSnapshot = settings.Time.GetUtcNow();
        _keeper = new SegmentKeeper(Model, folder, segments, entries, settings, _writing, Retire, logger);
        _keeper.StartIfDue();
    }

    public EmbeddingModelId Model { get; }

    public int Dimension { get; }

    public int Count => _entries.Count;

    public IReadOnlyList<IVectorIndex> Indexes => [.. _segments.All.Select(segment => segment.Index)];

    public long WritesSinceSnapshot => Volatile.Read(ref _writesSinceSnapshot);

    public DateTimeOffset LastSnapshot { get; private set; }

    /// <summary>Makes the files of an empty collection.</summary>
    public static void Create(string path, EmbeddingModelId model, int dimension)
    {
        using var folder = CollectionFolder.Open(path);
        if (!File.Exists(folder.Journal(0))) Journal.Create(folder.Journal(0), new JournalHead(model, dimension, 0));
    }

    /// <exception cref="InvalidDataException">Files are damaged or belong to another model.</exception>
    public static LocalVectorCollection Open(string path, EmbeddingModelId model, LocalSettings settings, ILogger logger)
    {
        var folder = CollectionFolder.Open(path);
        try
        {
            var generation = folder.Generation;
            var (head, entries, segments) = generation > 0
                ? SnapshotFile.Load(folder.Snapshot(generation), folder, settings)
                : Empty(folder, settings.Catalogue);
            if (head.Model != model || head.Generation != generation)
                throw new InvalidDataException($"The collection in '{path}' belongs to {head}, not to '{model}' in generation {generation}.");
            return new LocalVectorCollection(folder, head, entries, segments, settings, logger);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(EmbeddingModelId model, IReadOnlyList<VectorEntry> entries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entries);
        RequireModel(model);
        foreach (var entry in entries)
            Require(entry);
        await EnterAsync(cancellation);
        try
        {
            var (outcomes, records) = Decide(entries);
            Write(records);
            return outcomes;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<int> RemoveAsync(IReadOnlyList<VectorRemoval> removals, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(removals);
        await EnterAsync(cancellation);
        try
        {
            var keys = removals
                .Where(removal => _entries.TryGet(removal.Key, out var entry) && entry.Revision <= removal.Revision)
                .Select(removal => removal.Key)
                .Distinct(StringComparer.Ordinal);
            return Write([.. keys.Select(Removal)]);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<int> RemoveItemAsync(string itemId, long revision, CancellationToken cancellation)
    {
        await EnterAsync(cancellation);
        try
        {
            var keys = _entries.KeysOf(itemId).Where(key => _entries.TryGet(key, out var entry) && entry.Revision <= revision);
            return Write([.. keys.Select(Removal)]);
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask<VectorEntry?> GetAsync(EmbeddingModelId model, string key, CancellationToken cancellation)
    {
        RequireModel(model);
        return ValueTask.FromResult(Find(key));
    }

    public ValueTask<IReadOnlyList<VectorEntry>> GetItemAsync(EmbeddingModelId model, string itemId, CancellationToken cancellation)
    {
        RequireModel(model);
        return ValueTask.FromResult<IReadOnlyList<VectorEntry>>([.. _entries.KeysOf(itemId).Select(Find).OfType<VectorEntry>()]);
    }

    public IAsyncEnumerable<VectorEntry> ReadAllAsync(EmbeddingModelId model, CancellationToken cancellation)
    {
        RequireModel(model);
        return _entries.All.Select(entry =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Find(entry.Key);
        }).OfType<VectorEntry>().ToAsyncEnumerable();
    }

    public ValueTask<NeighboursFound> SearchAsync(EmbeddingModelId model, ReadOnlyMemory<float> vector, int k, CancellationToken cancellation)
    {
        RequireModel(model);
        return ValueTask.FromResult(NeighbourSearch.Run(_segments, _entries, vector.Span, k));
    }

    public ValueTask<CollectionStatistics> GetStatisticsAsync(CancellationToken cancellation) => ValueTask.FromResult(new CollectionStatistics
    {
        Index = Array.TrueForAll(_segments.All, segment => segment.Kind == ExactIndexFactory.IndexName) ? ExactIndexFactory.IndexName : _settings.LargeIndex,
        Count = Count,
        Segments = _segments.All.Length,
        Building = _keeper.Progress is { } progress ? (_settings.LargeIndex, progress) : null,
        WritesSinceSnapshot = WritesSinceSnapshot,
        BytesOnDisk = _folder.Bytes,
        LastSnapshot = LastSnapshot,
    });

    public async Task SnapshotAsync(CancellationToken cancellation)
    {
        await EnterAsync(cancellation);
        try
        {
            if (_writesSinceSnapshot == 0) return;
            var head = new JournalHead(Model, Dimension, _generation + 1);
            Journal.Create(_folder.Journal(head.Generation), head);
            var next = Journal.Open(_folder.Journal(head.Generation), head, _settings.FlushToDisk, _ => { });
            try
            {
                SnapshotFile.Save(_folder.Snapshot(head.Generation), head, _entries, _segments.All);
            }
            catch
            {
                next.Dispose();
                throw;
            }
            _journal.Dispose();
            _journal = next;
            _generation = head.Generation;
            Volatile.Write(ref _writesSinceSnapshot, 0);
            LastSnapshot = _settings.Time.GetUtcNow();
            _folder.DeleteEarlier();
            _retired.ForEach(_folder.DeleteSegment);
            _retired.Clear();
        }
        finally
        {
            _writing.Release();
        }
    }

    public IReadOnlyDictionary<IVectorIndex, ChosenEffort> LoadEfforts()
    {
        var efforts = new Dictionary<IVectorIndex, ChosenEffort>();
        if (!File.Exists(_folder.Efforts)) return efforts;
        try
        {
            var kept = EffortFile.Load(_folder.Efforts, EffortHead).ToDictionary(effort => (effort.First, effort.Last, effort.File), effort => effort.Chosen);
            foreach (var segment in _segments.All)
            {
                if (kept.Remove((segment.First, segment.Last, segment.File ?? 0), out var chosen)) efforts.Add(segment.Index, chosen);
            }
            if (kept.Count > 0) LocalLog.EffortsOfOthers(_logger, Model, kept.Count);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Also two for one segment. Searches do without.
            LocalLog.EffortsUnreadable(_logger, Model, e);
        }
        return efforts;
    }

    public async Task KeepEffortsAsync(IReadOnlyDictionary<IVectorIndex, ChosenEffort> efforts, CancellationToken cancellation)
    {
        // Not because it writes: so that the folder is this collection's until it has.
        await EnterAsync(cancellation);
        try
        {
            EffortFile.Save(_folder.Efforts, EffortHead,
                [.. _segments.All.Where(segment => efforts.ContainsKey(segment.Index)).Select(segment => new SegmentEffort(segment.First, segment.Last, segment.File ?? 0, efforts[segment.Index]))]);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested) return;
        await _closing.CancelAsync();
        // Waits for the write at work; later ones find the collection closed, and none of them wakes the keeper again.
        await _writing.WaitAsync();
        await _keeper.DisposeAsync();
        _journal.Dispose();
        _folder.Dispose();
        _writing.Release();
    }

    private static (JournalHead Head, EntryTable Entries, SegmentList Segments) Empty(CollectionFolder folder, IndexCatalogue catalogue)
    {
        using var stream = File.OpenRead(folder.Journal(0));
        var head = Journal.ReadHead(stream);
        folder.KeepSegments([]);
        return (head, new EntryTable(), new SegmentList([new Segment(1, Create(catalogue, ExactIndexFactory.IndexName, head.Dimension))]));
    }

    // Of no generation: a snapshot changes nothing for them.
    private JournalHead EffortHead => new(Model, Dimension, 0);

    private static JournalRecord Removal(string key) => new(JournalOperation.Remove, key, 0, default);

    private async Task EnterAsync(CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        if (!_closing.IsCancellationRequested) return;
        _writing.Release();
        throw new ObjectDisposedException(nameof(LocalVectorCollection), $"The collection of '{Model}' is closed.");
    }

    private void RequireModel(EmbeddingModelId model)
    {
        if (model != Model) throw new WrongModelException(Model, model);
    }

    private void Require(VectorEntry entry)
    {
        ImageKey.Parse(entry.Key);
        if (entry.Vector.Length != Dimension)
            throw new InvalidVectorException(VectorDefect.WrongDimension, $"The collection of '{Model}' holds vectors of dimension {Dimension}; that of '{entry.Key}' has {entry.Vector.Length}.");
        if (!VectorKernels.IsFinite(entry.Vector))
            throw new InvalidVectorException(VectorDefect.NotFinite, $"A component of the vector of '{entry.Key}' is NaN or infinite.");
        if (!VectorKernels.IsUnitLength(entry.Vector))
            throw new InvalidVectorException(VectorDefect.NotUnitLength, $"The vector of '{entry.Key}' has length {Math.Sqrt(VectorKernels.SquaredNorm(entry.Vector)):g4} where embeddings have length 1.");
    }

    /// <summary>Which entries change anything, and what becomes of each.</summary>
    private (UpsertOutcome[] Outcomes, List<JournalRecord> Records) Decide(IReadOnlyList<VectorEntry> entries)
    {
        var outcomes = new UpsertOutcome[entries.Count];
        var records = new List<JournalRecord>(entries.Count);
        var newest = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var (key, revision, vector) = entries[i];
            var stored = newest.TryGetValue(key, out var earlier) ? earlier : _entries.TryGet(key, out var entry) ? entry.Revision : (long?)null;
            if (stored > revision)
            {
                outcomes[i] = UpsertOutcome.Stale;
                continue;
            }
            // An event that came twice is worth no write.
            if (stored == revision && !newest.ContainsKey(key) && IsStored(key, vector)) continue;
            newest[key] = revision;
            records.Add(new JournalRecord(JournalOperation.Upsert, key, revision, vector));
        }
        return (outcomes, records);
    }

    private bool IsStored(string key, float[] vector) => Find(key) is { } stored && stored.Vector.AsSpan().SequenceEqual(vector);

    private int Write(List<JournalRecord> records)
    {
        if (records.Count == 0) return 0;
        _journal.Append(CollectionsMarshal.AsSpan(records));
        foreach (var record in records)
            Apply(record);
        _keeper.StartIfDue();
        return records.Count;
    }

    private void Apply(JournalRecord record)
    {
        _writesSinceSnapshot++;
        if (record.Operation == JournalOperation.Upsert)
        {
            _entries.TryGet(record.Key, out var known);
            if (known is null || !_segments.Last.Holds(known)) SealIfFull();
            // The index first: a key that can be found always has a vector.
            _segments.Upsert(known?.Id ?? _entries.NextId, record.Vector.Span, known);
            _entries.Put(record.Key, record.Revision, _segments.Last.Last);
        }
        else if (_entries.TryGet(record.Key, out var entry))
        {
            _segments.Remove(entry);
            _entries.Remove(entry);
        }
    }

    private VectorEntry? Find(string key)
    {
        if (!_entries.TryGet(key, out var entry)) return null;
        var vector = new float[Dimension];
        return _segments.TryGetVector(entry, vector) ? new VectorEntry(key, entry.Revision, vector) : null;
    }

    /// <summary>To be called before one more picture comes.</summary>
    private void SealIfFull()
    {
        var isExact = _segments.Last.Kind == ExactIndexFactory.IndexName;
        if (_segments.Writable.Count < (isExact ? Math.Max(1, _settings.ExactUpTo) : _settings.SegmentSize)) return;
        _segments.Seal(Create(_settings.Catalogue, _settings.LargeIndex, Dimension));
    }

    private void Retire(Segment[] replaced)
    {
        _retired.AddRange(replaced.Select(segment => segment.File).OfType<int>());
        _writesSinceSnapshot++; // so that the next snapshot names what replaced them
    }

    private static IMutableVectorIndex Create(IndexCatalogue catalogue, string kind, int dimension) => catalogue[kind].Create(new IndexShape(VectorMetric.Cosine, dimension));
}
