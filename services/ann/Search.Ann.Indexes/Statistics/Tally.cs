using System.Runtime.InteropServices;

namespace Search.Ann.Indexes.Statistics;

/// <summary>Makes a <see cref="Histogram"/>.</summary>
internal sealed class Tally
{
    private readonly List<long> _counts = [];

    public void Count(int n)
    {
        if (n >= _counts.Count) CollectionsMarshal.SetCount(_counts, n + 1);
        _counts[n]++;
    }

    public Histogram Of(string what) => new(what, [.. _counts]);
}
