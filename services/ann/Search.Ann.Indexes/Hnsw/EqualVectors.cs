using System.Runtime.InteropServices;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// Finds the node that holds the same vector, bit for bit. Two different vectors with one hash are tolerated: the later one is just not
/// found. Used by the one writer.
/// </summary>
internal sealed class EqualVectors(VectorRows vectors)
{
    private readonly Dictionary<ulong, int> _slots = [];

    public long Bytes => MemorySize.Of(_slots);

    public void Add(int slot) => _slots.TryAdd(Hash(vectors.Row(slot)), slot);

    public void Remove(int slot)
    {
        var hash = Hash(vectors.Row(slot));
        if (_slots.TryGetValue(hash, out var registered) && registered == slot) _slots.Remove(hash);
    }

    public void Trim() => _slots.TrimExcess();

    public bool TryFind(ReadOnlySpan<float> vector, out int slot) =>
        _slots.TryGetValue(Hash(vector), out slot) && AreEqual(vector, vectors.Row(slot));

    public static bool AreEqual(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        MemoryMarshal.Cast<float, uint>(a).SequenceEqual(MemoryMarshal.Cast<float, uint>(b));

    // Two components at a time in two chains that do not wait for each other: the vectors of a large batch are hashed one after the other while other threads have nothing to do.
    private static ulong Hash(ReadOnlySpan<float> vector)
    {
        var (even, odd) = (0x9E37_79B9_7F4A_7C15ul, 0xD1B5_4A32_D192_ED03ul);
        var pairs = MemoryMarshal.Cast<float, ulong>(vector);
        var i = 0;
        for (; i + 1 < pairs.Length; i += 2)
            (even, odd) = (Mix(even, pairs[i]), Mix(odd, pairs[i + 1]));
        if (i < pairs.Length) even = Mix(even, pairs[i]);
        if (vector.Length % 2 != 0) odd = Mix(odd, BitConverter.SingleToUInt32Bits(vector[^1]));
        return Mix(even, odd);
    }

    // Multiply, fold: the mixing step of wyhash and its kin.
    private static ulong Mix(ulong hash, ulong bits)
    {
        var high = Math.BigMul(hash ^ bits, 0xA076_1D64_78BD_642Ful, out var low);
        return high ^ low ^ bits;
    }
}
