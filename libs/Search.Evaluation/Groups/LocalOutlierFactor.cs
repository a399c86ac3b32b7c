namespace Search.Evaluation.Groups;

/// <summary>How thin the neighbourhood of each thing is beside those of its neighbours (Breunig, Kriegel, Ng and Sander 2000).</summary>
public static class LocalOutlierFactor
{
    // Equal vectors have a density without bound, and rounding of cosines near 1 is a distance of some 4e-4: nearer than this counts as this near.
    private const double LeastDistance = 1e-3;

    /// <summary>
    /// One factor for each: about 1 inside of a cluster of any density, well above 1 away from all. 1 for what has no neighbours.
    /// Distances are those of unit vectors, √(2 − 2 cos).
    /// </summary>
    /// <param name="neighbours">The nearest of each, nearest first, itself not among them; their number is k.</param>
    /// <exception cref="ArgumentException">A neighbour that there is not.</exception>
    public static double[] Of(IReadOnlyList<Neighbour[]> neighbours)
    {
        ArgumentNullException.ThrowIfNull(neighbours);
        foreach (var neighbour in neighbours.SelectMany(list => list))
        {
            if ((uint)neighbour.Index >= (uint)neighbours.Count)
                throw new ArgumentException($"A neighbour is {neighbour.Index} of {neighbours.Count}.", nameof(neighbours));
        }
        double[] reach = [.. neighbours.Select(list => list.Length == 0 ? 0 : Distance(list[^1]))];
        double[] density = [.. neighbours.Select(list => list.Length == 0 ? 0 : 1 / list.Average(n => Math.Max(reach[n.Index], Distance(n))))];
        return [.. neighbours.Select((list, i) => list.Length == 0 ? 1 : list.Average(n => density[n.Index]) / density[i])];
    }

    private static double Distance(Neighbour neighbour) => Math.Max(LeastDistance, Math.Sqrt(Math.Max(0, 2 - 2 * (double)neighbour.Similarity)));
}
