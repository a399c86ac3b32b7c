namespace Search.Evaluation.Groups;

/// <summary>Which cluster each row is in.</summary>
public sealed class Clustering
{
    internal Clustering(int dimension, int[] assignment, float[] centroids)
    {
        Dimension = dimension;
        Assignment = assignment;
        Centroids = centroids;
        Count = centroids.Length / dimension;
    }

    public int Dimension { get; }

    /// <summary>Number of clusters; each has a row.</summary>
    public int Count { get; }

    /// <summary>Cluster of each row, counted from 0 in order of the clusters' first rows.</summary>
    public IReadOnlyList<int> Assignment { get; }

    /// <summary>Unit vectors, one a cluster, one after the other.</summary>
    public ReadOnlyMemory<float> Centroids { get; }

    /// <summary>The rows of each cluster, in order.</summary>
    public int[][] Members()
    {
        var members = Enumerable.Range(0, Count).Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < Assignment.Count; row++)
            members[Assignment[row]].Add(row);
        return [.. members.Select(list => list.ToArray())];
    }
}
