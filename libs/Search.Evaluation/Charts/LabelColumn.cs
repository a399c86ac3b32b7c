namespace Search.Evaluation.Charts;

/// <summary>Labels one below the other, each as near as may be to what it names.</summary>
internal static class LabelColumn
{
    /// <summary>
    /// Moves the places apart until they are <paramref name="distance"/> from each other, in the same order and within the bounds; where there is not room for all, they get closer to each other instead of leaving
    /// the column.
    /// </summary>
    /// <param name="wanted">In any order.</param>
    /// <returns>The place of each, in the order of <paramref name="wanted"/>.</returns>
    public static double[] Spread(IReadOnlyList<double> wanted, double distance, double low, double high)
    {
        if (wanted.Count > 1) distance = Math.Min(distance, (high - low) / (wanted.Count - 1));
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i])];
        // Groups of labels that touch: first member, number, and where the group would begin if it could choose (the mean of what its members want).
        var groups = new List<(int First, int Count, double Start)>();
        for (var i = 0; i < order.Length; i++)
        {
            var group = (First: i, Count: 1, Start: Bounded(wanted[order[i]], 1));
            while (groups.Count > 0 && groups[^1].Start + groups[^1].Count * distance > group.Start)
            {
                var above = groups[^1];
                groups.RemoveAt(groups.Count - 1);
                var count = above.Count + group.Count;
                var mean = Enumerable.Range(0, count).Average(member => wanted[order[above.First + member]] - member * distance);
                group = (above.First, count, Bounded(mean, count));
            }
            groups.Add(group);
        }
        var places = new double[wanted.Count];
        foreach (var (first, count, start) in groups)
        {
            for (var member = 0; member < count; member++)
                places[order[first + member]] = start + member * distance;
        }
        return places;

        double Bounded(double start, int count) => Math.Max(low, Math.Min(start, high - (count - 1) * distance));
    }
}
