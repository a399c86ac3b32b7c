using System.Runtime.CompilerServices;
using Search.Contracts;
using Search.Evaluation.Groups;
using Search.Vectors;

namespace Search.Ann.Groups;

/// <summary>What a catalogue consists of: clusters of its items, an item being the mean direction of its pictures.</summary>
internal static class ClusterFinder
{
    /// <param name="k">How many clusters; null to choose.</param>
    /// <param name="representatives">Items that stand for a cluster.</param>
    /// <param name="members">Whether each cluster lists its members.</param>
    public static async IAsyncEnumerable<GroupLine> FindAsync(
        CatalogueVectors catalogue, int? k, int representatives, bool members, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (catalogue.Items.Count == 0) yield break;
        var (dimension, rows) = (catalogue.Pictures[0].Vector.Length, Rows(catalogue));
        var count = k ?? 1;
        if (k is null)
        {
            var tried = 0;
            var choosing = Task.Run(() => ClusterCount.Choose(dimension, rows, done => Volatile.Write(ref tried, done), cancellation), cancellation);
            while (!choosing.IsCompleted)
            {
                yield return new GroupLine { Progress = new GroupProgress("count", Volatile.Read(ref tried), ClusterCount.Candidates.Count) };
                await Task.WhenAny(choosing, Task.Delay(TimeSpan.FromMilliseconds(500), time, cancellation));
            }
            count = await choosing;
        }
        yield return new GroupLine { Progress = new GroupProgress("clusters", 0, count) };
        var clustering = SphericalKMeans.Cluster(dimension, rows, count, cancellation: cancellation);
        var cohesion = Cohesion.Of(clustering, rows);
        foreach (var (cluster, items) in clustering.Members().Index().OrderByDescending(cluster => cluster.Item.Length).ThenBy(cluster => cluster.Index))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new GroupLine
            {
                Cluster = new ItemCluster(
                    items.Length,
                    cohesion[cluster],
                    [.. items.GroupBy(item => catalogue.Items[item].Category, StringComparer.OrdinalIgnoreCase)
                        .Select(category => new CategoryCount(category.Key, category.Count()))
                        .OrderByDescending(category => category.Count).ThenBy(category => category.Name, StringComparer.Ordinal)],
                    [.. Representatives.Of(dimension, rows, items, representatives).Select(item => catalogue.Show(item, catalogue.Items[item].Pictures[0]))],
                    members ? [.. items.Select(item => catalogue.Items[item].Id)] : null),
            };
        }
    }

    private static float[] Rows(CatalogueVectors catalogue)
    {
        var dimension = catalogue.Pictures[0].Vector.Length;
        if ((long)catalogue.Items.Count * dimension > Array.MaxLength)
            throw new ServiceProblemException(new ServiceProblem(422, "too-many-pictures", "Too many items to cluster", $"The vectors of {catalogue.Items.Count:N0} items are too many for one array; name a category."));
        var rows = new float[catalogue.Items.Count * dimension];
        for (var item = 0; item < catalogue.Items.Count; item++)
        {
            var row = rows.AsSpan(item * dimension, dimension);
            foreach (var picture in catalogue.Items[item].Pictures)
            {
                var vector = catalogue.Pictures[picture].Vector;
                for (var d = 0; d < dimension; d++)
                    row[d] += vector[d];
            }
            // Pictures that cancel out have no mean direction; the main one speaks for the item then.
            if (!VectorKernels.TryNormalize(row)) catalogue.Pictures[catalogue.Items[item].Pictures[0]].Vector.CopyTo(row);
        }
        return rows;
    }
}
