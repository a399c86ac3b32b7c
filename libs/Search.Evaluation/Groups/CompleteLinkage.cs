namespace Search.Evaluation.Groups;

/// <summary>
/// Groups in which every two members are alike: agglomerative clustering with complete linkage (Defays 1977). Single linkage would chain
/// a catalogue of rings into one group, each like the next and the first unlike the last.
/// </summary>
/// <remarks>
/// Works on the pairs above the threshold alone: clusters have a link when all pairs across them are given, so merging two intersects
/// their links. Time and memory go with the number of pairs, not with the square of the things.
/// </remarks>
public static class CompleteLinkage
{
    /// <summary>The groups of two and more, each in order of its indices, in order of their first. The most alike merge first; of equals those of the smaller indices.</summary>
    /// <param name="count">How many things there are.</param>
    /// <param name="pairs">Every pair alike enough for one group, in any order; a pair that is missing is not. Of one given twice the larger similarity counts.</param>
    /// <param name="apart">Pairs that must never share a group, whatever their similarity.</param>
    /// <exception cref="ArgumentException">An index out of range, a thing paired with itself, or a similarity that is no number.</exception>
    public static IReadOnlyList<int[]> Group(int count, IEnumerable<SimilarPair> pairs, IEnumerable<(int A, int B)>? apart = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(pairs);
        var links = Links(count, pairs, apart ?? []);
        var queue = new PriorityQueue<(int A, int B, float Similarity), (float, int, int)>(Order);
        for (var a = 0; a < count; a++)
        {
            foreach (var (b, similarity) in links[a] ?? [])
            {
                if (a < b) queue.Enqueue((a, b, similarity), (similarity, a, b));
            }
        }
        // A cluster goes by the smallest index in it.
        var members = new List<int>?[count];
        while (queue.TryDequeue(out var next, out _))
        {
            var (a, b, similarity) = next;
            // Merged away, or linked more weakly since it was queued.
            if (links[a] is not { } mine || !mine.TryGetValue(b, out var now) || now != similarity) continue;
            Merge(a, b, links, queue);
            var group = members[a] ??= [a];
            group.AddRange(members[b] ?? [b]);
            members[b] = null;
        }
        return [.. members.OfType<List<int>>().Select(group => group.Order().ToArray())];
    }

    private static Dictionary<int, float>?[] Links(int count, IEnumerable<SimilarPair> pairs, IEnumerable<(int A, int B)> apart)
    {
        var links = new Dictionary<int, float>?[count];
        foreach (var (a, b, similarity) in pairs)
        {
            Require(a, b, count);
            if (float.IsNaN(similarity)) throw new ArgumentException($"The similarity of {a} and {b} is no number.", nameof(pairs));
            Keep(a, b);
            Keep(b, a);

            void Keep(int from, int to)
            {
                var own = links[from] ??= [];
                own[to] = own.TryGetValue(to, out var before) ? Math.Max(before, similarity) : similarity;
            }
        }
        foreach (var (a, b) in apart)
        {
            Require(a, b, count);
            links[a]?.Remove(b);
            links[b]?.Remove(a);
        }
        return links;
    }

    private static void Require(int a, int b, int count)
    {
        if ((uint)a >= (uint)count || (uint)b >= (uint)count || a == b)
            throw new ArgumentException($"{a} and {b} are no pair of {count} things.");
    }

    /// <summary>Takes b into a. A link remains where both had one, with the weaker similarity.</summary>
    private static void Merge(int a, int b, Dictionary<int, float>?[] links, PriorityQueue<(int, int, float), (float, int, int)> queue)
    {
        var (mine, theirs) = (links[a]!, links[b]!);
        mine.Remove(b);
        theirs.Remove(a);
        links[b] = null;
        foreach (var other in theirs.Keys)
            links[other]!.Remove(b);
        foreach (var (other, before) in mine.ToArray())
        {
            if (!theirs.TryGetValue(other, out var across))
            {
                mine.Remove(other);
                links[other]!.Remove(a);
            }
            else if (across < before)
            {
                mine[other] = across;
                links[other]![a] = across;
                var (first, second) = a < other ? (a, other) : (other, a);
                queue.Enqueue((first, second, across), (across, first, second));
            }
        }
    }

    private static readonly IComparer<(float Similarity, int A, int B)> Order = Comparer<(float Similarity, int A, int B)>.Create((x, y) =>
        y.Similarity.CompareTo(x.Similarity) is not 0 and var bySimilarity ? bySimilarity
        : x.A.CompareTo(y.A) is not 0 and var byFirst ? byFirst
        : x.B.CompareTo(y.B));
}
