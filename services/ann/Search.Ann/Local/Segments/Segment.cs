using Search.Ann.Indexes;

namespace Search.Ann.Local.Segments;

/// <summary>
/// A part of a collection: an index over what was written while it took writes, or while the segments did that it was merged from. Their numbers are a range without gaps that matter, so what
/// a segment holds is alive exactly where the entry of its id names a number in the range: a newer write names a newer one, and a removal leaves no entry.
/// </summary>
/// <param name="kind">Name of the factory that its index comes from.</param>
/// <param name="file">Number of the file it is mapped from; none for one that takes writes or took them until just now.</param>
internal sealed class Segment(int first, int last, IVectorIndex index, string kind, int? file = null)
{
    /// <summary>One that takes writes.</summary>
    public Segment(int number, IMutableVectorIndex index)
        : this(number, number, index, index.Name)
    {
    }

    public int First => first;

    public int Last => last;

    public IVectorIndex Index => index;

    public string Kind => kind;

    public int? File => file;

    /// <summary>About how many of its vectors are not alive any more. The writer's.</summary>
    public int Dead { get; set; }

    public int Alive => Math.Max(0, index.Count - Dead);

    public bool Holds(Entry entry) => entry.Segment >= first && entry.Segment <= last;
}
