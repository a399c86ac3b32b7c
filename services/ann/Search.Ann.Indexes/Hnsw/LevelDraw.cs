namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// Section 4.1 of the paper: the highest level of a node, ⌊−ln(u) / ln(M)⌋. u is drawn from the seed and the id instead of a running generator, so there
/// is no state to keep, and the level depends neither on the order of writes nor on what was there before.
/// </summary>
internal readonly struct LevelDraw(ulong seed, int m)
{
    // 4^31 is far more nodes than fit; the cap is for u = 2^-64.
    private const int Highest = 31;

    public int For(long id)
    {
        // SplitMix64's output function.
        var z = seed + (ulong)id * 0x9E37_79B9_7F4A_7C15ul;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9ul;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBul;
        z ^= z >> 31;
        var u = (z + 1d) / 18_446_744_073_709_551_616d;
        return Math.Min(Highest, (int)(-Math.Log(u) / Math.Log(m)));
    }
}
