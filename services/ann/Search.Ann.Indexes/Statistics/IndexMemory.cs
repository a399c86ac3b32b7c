namespace Search.Ann.Indexes;

/// <summary>Bytes in memory by what they are for, reserved room included: what the process would have back without the index.</summary>
/// <param name="Vectors">Vectors as they are compared exactly.</param>
/// <param name="Codes">Compressed forms of them, and what is needed to make and to compare those.</param>
/// <param name="Links">What leads a search: links, trees, hash tables.</param>
/// <param name="Ids">Ids and the way to and from them.</param>
/// <param name="Other">What writing takes: finding equal vectors, free places.</param>
/// <param name="Mapped">Of <paramref name="Vectors"/>, <paramref name="Codes"/>, <paramref name="Links"/> and <paramref name="Ids"/>: in files that are mapped, which the system reads and drops as it likes.</param>
public sealed record IndexMemory(long Vectors, long Codes, long Links, long Ids, long Other, long Mapped = 0)
{
    /// <summary>All parts, mapped ones included.</summary>
    public long Total => Vectors + Codes + Links + Ids + Other;

    /// <summary>What cannot be dropped.</summary>
    public long Resident => Total - Mapped;
}
