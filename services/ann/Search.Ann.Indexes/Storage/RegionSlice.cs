using System.Runtime.CompilerServices;

namespace Search.Ann.Indexes.Storage;

/// <summary>Values that lie one after the other in a <see cref="MemoryRegion"/>, which it keeps reachable.</summary>
internal readonly unsafe struct RegionSlice<T>
    where T : unmanaged
{
    private readonly T* _first;

    /// <exception cref="ArgumentOutOfRangeException">They would lie outside the region.</exception>
    public RegionSlice(MemoryRegion region, long offset, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (region.Length - offset) / sizeof(T));
        Region = region;
        Count = count;
        _first = (T*)(region.Start + offset);
    }

    public MemoryRegion Region { get; }

    public long Count { get; }

    public long Bytes => Count * sizeof(T);

    /// <summary>Memory of its own for so many values.</summary>
    public static RegionSlice<T> Allocate(long count) => new(MemoryRegion.Allocate(count * sizeof(T)), 0, count);

    /// <summary>No bounds check in release builds: the caller's promise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(long index)
    {
        System.Diagnostics.Debug.Assert((ulong)index < (ulong)Count);
        return ref _first[index];
    }

    /// <summary>Some of them, checked.</summary>
    public Span<T> Span(long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)start, (ulong)(Count - count));
        return new Span<T>(_first + start, count);
    }

    /// <summary>Some of them, as they lie.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public RegionSlice<T> Slice(long start, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return new RegionSlice<T>(Region, (byte*)(_first + start) - Region.Start, count);
    }

    /// <summary>Where they are mapped, they leave this process's memory until they are read again, here and there.</summary>
    public void RestOnDisk()
    {
        if (!Region.IsMapped) return;
        MemoryAdvice.Release((byte*)_first, (nuint)Bytes);
        MemoryAdvice.ExpectRandomReads((byte*)_first, (nuint)Bytes);
    }

    /// <summary>All of them.</summary>
    /// <exception cref="OverflowException">More than a span holds.</exception>
    public Span<T> All => new(_first, checked((int)Count));
}
