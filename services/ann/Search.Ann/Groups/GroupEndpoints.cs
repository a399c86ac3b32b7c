using Search.Contracts;

namespace Search.Ann.Groups;

/// <summary>Looks at the catalogue as a whole, by the vectors of the active model. Answers are streams of lines, <see cref="GroupLine"/>.</summary>
internal static class GroupEndpoints
{
    internal const double DefaultThreshold = 0.98;
    private const int MostClusters = 200;
    private const int MostRepresentatives = 20;
    private const int MostNeighbours = 50;
    private const int MostOutliers = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/groups/duplicates", DuplicatesAsync).WithSummary("Groups of items that look the same");
        routes.MapGet("/v1/groups/clusters", ClustersAsync).WithSummary("What the catalogue consists of");
        routes.MapGet("/v1/groups/outliers", OutliersAsync).WithSummary("Items that seem misfiled or are like nothing else");
    }

    private static Task DuplicatesAsync(HttpContext context, GroupRunner runner, string? category, double threshold = DefaultThreshold)
    {
        Require(threshold is > 0 and <= 1, "'threshold' is above 0 and at most 1");
        return runner.RunAsync(context, category, (catalogue, cancellation) => DuplicateFinder.FindAsync(catalogue, (float)threshold, cancellation));
    }

    private static Task ClustersAsync(HttpContext context, GroupRunner runner, TimeProvider time, string? category, int? k, int representatives = 6, bool members = false)
    {
        Require(k is null or (>= 1 and <= MostClusters), $"'k' is 1 to {MostClusters}");
        Require(representatives is >= 1 and <= MostRepresentatives, $"'representatives' is 1 to {MostRepresentatives}");
        return runner.RunAsync(context, category, (catalogue, cancellation) => ClusterFinder.FindAsync(catalogue, k, representatives, members, time, cancellation));
    }

    private static Task OutliersAsync(HttpContext context, GroupRunner runner, string? category, int k = 10, int limit = 50)
    {
        Require(k is >= 1 and <= MostNeighbours, $"'k' is 1 to {MostNeighbours}");
        Require(limit is >= 1 and <= MostOutliers, $"'limit' is 1 to {MostOutliers}");
        return runner.RunAsync(context, category: null, (catalogue, cancellation) => OutlierFinder.FindAsync(catalogue, k, limit, category, cancellation));
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition) throw new ServiceProblemException(ServiceProblem.InvalidRequest("Parameter out of range", $"{rule}."));
    }
}
