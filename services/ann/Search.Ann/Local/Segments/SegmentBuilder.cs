using Search.Ann.Indexes;

namespace Search.Ann.Local.Segments;

/// <summary>Makes one segment of some, in a file. Computes on one thread, and nothing in it wakes up others: see <see cref="ModestThread"/>.</summary>
/// <param name="factory">Of the kind that is made.</param>
internal sealed class SegmentBuilder(EntryTable entries, IVectorIndexFactory factory)
{
    // A graph plans a batch by 8-bit codes as long as it is at most four times as large itself, which takes two thirds of the time: so with this, graphs of 300,000 from the first vector to the last. What it
    // costs is the memory of the batch while it is added.
    private const int MostAtOnce = 1 << 16;
    private const int MostBytesAtOnce = 64 << 20;

    // Fewer are not worth codes.
    private const int LeastAtOnce = 2_048;

    private volatile Growth? _growth;

    /// <summary>How far the segment in work is, 0 to 1.</summary>
    public double Progress => _growth is { } growth ? (double)growth.Index.Count / growth.Of : 0;

    /// <summary>Vectors that are handed to an index together.</summary>
    public static int AtOnce(int dimension) => Math.Clamp(MostBytesAtOnce / (dimension * sizeof(float)), LeastAtOnce, MostAtOnce);

    /// <returns>Null where nothing is alive.</returns>
    /// <exception cref="OperationCanceledException">The collection is being closed.</exception>
    public Made? Build(Segment[] sources, string path, Pace pace)
    {
        // A graph that took writes is one already.
        if (sources is [{ File: null, Index: IMutableVectorIndex live }] && live.Name == factory.Name && live.Count > 0)
            return new Made(pace.Run(() => Filed(live, path)), HasDead: true);
        using var merged = Merged(sources, pace);
        return merged.Count == 0 ? null : new Made(pace.Run(() => Filed(merged, path)), HasDead: false);
    }

    private IMutableVectorIndex Merged(Segment[] sources, Pace pace)
    {
        var alive = entries.All.Where(entry => sources[0].First <= entry.Segment && entry.Segment <= sources[^1].Last).OrderBy(entry => entry.Id).ToArray();
        var index = factory.Create(new IndexShape(sources[0].Index.Metric, sources[0].Index.Dimension));
        _growth = new Growth(index, alive.Length);
        try
        {
            pace.Run(cancellation => Add(index, alive, sources, cancellation));
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
        finally
        {
            _growth = null;
        }
    }

    /// <summary>Adds those that are not there yet.</summary>
    private static void Add(IMutableVectorIndex index, Entry[] alive, Segment[] sources, CancellationToken cancellation)
    {
        var dimension = index.Dimension;
        var atOnce = Math.Min(AtOnce(dimension), alive.Length);
        var (ids, vectors) = (new long[atOnce], new float[atOnce * dimension]);
        while (index.Count < alive.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = alive.AsSpan(index.Count, Math.Min(atOnce, alive.Length - index.Count));
            for (var i = 0; i < batch.Length; i++)
            {
                var entry = batch[i];
                var source = Array.Find(sources, source => source.Holds(entry))!;
                // None of them takes writes, so what an entry says is there.
                if (!source.Index.TryGetVector(entry.Id, vectors.AsSpan(i * dimension, dimension)))
                    throw new InvalidDataException($"Segment {source.First} to {source.Last} lacks '{entry.Key}', which was written to it.");
                ids[i] = entry.Id;
            }
            index.UpsertUntil(ids.AsMemory(0, batch.Length), vectors.AsMemory(0, batch.Length * dimension), threads: 1, cancellation);
        }
    }

    private IVectorIndex Filed(IMutableVectorIndex index, string path)
    {
        var frozen = factory.Freeze(index);
        CollectionFolder.WriteAtomically(path, frozen.Save);
        if (!ReferenceEquals(frozen, index)) frozen.Dispose();
        // Read back before anything depends on it.
        return factory.Open(path);
    }

    /// <param name="HasDead">Whether what was dead before is still in it.</param>
    internal sealed record Made(IVectorIndex Index, bool HasDead);

    private sealed record Growth(IVectorIndex Index, int Of);
}
