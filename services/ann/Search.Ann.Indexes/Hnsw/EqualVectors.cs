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

    // Multiply, fold, next: the mixing step of wyhash and its kin.
    private static ulong Hash(ReadOnlySpan<float> vector)
    {
        var hash = 0x9E37_79B9_7F4A_7C15ul;
        foreach (var bits in MemoryMarshal.Cast<float, uint>(vector))
        {
            var high = Math.BigMul(hash ^ bits, 0xA076_1D64_78BD_642Ful, out var low);
            hash = high ^ low ^ bits;
        }
        return hash;
    }
}
