using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Metrics;

namespace Search.Ann.Indexes.Tests.Hnsw;

/// <summary>Checks the promises of <see cref="HnswGraph"/> over the whole graph: far too slow for the product, and exact.</summary>
internal static class GraphInvariants
{
    public static void Check(IVectorIndex index)
    {
        switch (index)
        {
            case HnswIndex<CosineMetric> cosine: Check(cosine.Contents, index.Count); break;
            case HnswIndex<SquaredL2Metric> l2: Check(l2.Contents, index.Count); break;
            default: throw new ArgumentException("Not an HNSW index over a tested metric.", nameof(index));
        }
    }

    private static void Check(HnswContents contents, int count)
    {
        var (graph, _, members, free) = contents;
        var nodes = Enumerable.Range(0, graph.SlotCount).Where(slot => graph.Level(slot) >= 0).ToList();
        Assert.Equal(graph.SlotCount - nodes.Count, free.Distinct().Count());
        Assert.All(free, slot => Assert.Equal(HnswGraph.Free, graph.Level(slot)));
        Assert.Equal(count, nodes.Sum(slot => members.Of(slot).Length));
        Assert.All(nodes, slot => Assert.False(members.Of(slot).IsEmpty));
        if (nodes.Count == 0)
        {
            Assert.Equal(HnswGraph.NoSlot, graph.Entry);
            return;
        }
        Assert.Equal(nodes.Max(graph.Level), graph.TopLevel);
        foreach (var slot in nodes)
            CheckLinks(graph, slot);
        Assert.Single(nodes, slot => graph.Row(0, slot).Parent == LinkRow.NoParent);
        // From the entry, as a search goes; and along tree edges alone, which is why the first can never fail.
        Assert.Equal(nodes.Count, Reachable(graph, (_, _) => true));
        Assert.Equal(nodes.Count, Reachable(graph, (a, b) => graph.Row(0, a).Parent == b || graph.Row(0, b).Parent == a));
    }

    private static void CheckLinks(HnswGraph graph, int slot)
    {
        for (var level = 0; level <= graph.Level(slot); level++)
        {
            var links = graph.Row(level, slot).Links.ToArray();
            Assert.True(links.Length <= graph.MaxLinks(level));
            Assert.Equal(links.Length, links.Distinct().Count());
            Assert.DoesNotContain(slot, links);
            foreach (var link in links)
            {
                Assert.True(graph.Level(link) >= level);
                Assert.True(graph.Row(level, link).Links.Contains(slot), "A link goes one way only.");
            }
        }
        var parent = graph.Row(0, slot).Parent;
        if (parent != LinkRow.NoParent) Assert.True(graph.Row(0, slot).Links.Contains(parent), "A tree edge is no link.");
    }

    private static int Reachable(HnswGraph graph, Func<int, int, bool> mayFollow)
    {
        var seen = new HashSet<int> { graph.Entry };
        var queue = new Queue<int>(seen);
        while (queue.TryDequeue(out var slot))
        {
            foreach (var link in graph.Row(0, slot).Links)
            {
                if (mayFollow(slot, link) && seen.Add(link)) queue.Enqueue(link);
            }
        }
        return seen.Count;
    }
}
