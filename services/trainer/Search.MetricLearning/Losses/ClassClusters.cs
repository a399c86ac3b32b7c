using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// K-means (Lloyd, 1982) of each class's rows. It starts from the row farthest from the class's mean, then always the row farthest from
/// the starts so far, so that the clusters depend on the rows alone: not on a seed, and not on their order unless distances are equal.
/// </summary>
internal static class ClassClusters
{
    private const int MostRounds = 20;

    /// <summary>The cluster of each row, numbered from 0 without gaps, and the class of each cluster.</summary>
    public static (long[] Clusters, long[] Classes) Assign(Tensor embeddings, long[] labels, int perClass)
    {
        using var scope = NewDisposeScope();
        var width = (int)embeddings.shape[1];
        var values = embeddings.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        var clusters = new long[labels.Length];
        List<long> classes = [];
        foreach (var rows in Enumerable.Range(0, labels.Length).GroupBy(i => labels[i]).OrderBy(g => g.Key).Select(g => g.ToArray()))
        {
            var local = Cluster([.. rows.Select(i => values.AsMemory(i * width, width))], perClass);
            var used = local.Distinct().Order().ToArray();
            for (var i = 0; i < rows.Length; i++)
                clusters[rows[i]] = classes.Count + Array.IndexOf(used, local[i]);
            classes.AddRange(used.Select(_ => labels[rows[0]]));
        }
        return (clusters, [.. classes]);
    }

    private static int[] Cluster(ReadOnlyMemory<double>[] rows, int count)
    {
        var nearest = new int[rows.Length];
        var centres = Start(rows, Math.Min(count, rows.Length));
        for (var round = 0; round < MostRounds; round++)
        {
            var before = nearest.ToArray();
            for (var i = 0; i < rows.Length; i++)
                nearest[i] = Enumerable.Range(0, centres.Length).MinBy(c => Distance(rows[i].Span, centres[c]));
            if (round > 0 && before.SequenceEqual(nearest))
                break;
            for (var c = 0; c < centres.Length; c++)
                if (nearest.Contains(c))
                    centres[c] = Mean([.. rows.Where((_, i) => nearest[i] == c)]);
        }
        return nearest;
    }

    private static double[][] Start(ReadOnlyMemory<double>[] rows, int count)
    {
        List<double[]> starts = [];
        var mean = Mean(rows);
        while (starts.Count < count)
            starts.Add(rows.MaxBy(row => starts.Count == 0 ? Distance(row.Span, mean) : starts.Min(s => Distance(row.Span, s))).ToArray());
        return [.. starts];
    }

    private static double[] Mean(ReadOnlyMemory<double>[] rows)
    {
        var mean = new double[rows[0].Length];
        foreach (var row in rows)
            for (var k = 0; k < mean.Length; k++)
                mean[k] += row.Span[k] / rows.Length;
        return mean;
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }
}
