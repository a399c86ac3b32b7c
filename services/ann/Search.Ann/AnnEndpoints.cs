using Search.Ann.Collections;
using Search.Ann.Groups;
using Search.Ann.Tuning;

namespace Search.Ann;

/// <summary>The service's own API, for operators: what is loaded, how large, how durable.</summary>
public static class AnnEndpoints
{
    public static WebApplication MapAnn(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // Made here, before the host starts, so that an engine that there is not stops the start.
        _ = app.Services.GetRequiredService<CollectionRegistry>();
        app.MapGet("/ann/status", StatusAsync);
        IndexEndpoints.Map(app);
        GroupEndpoints.Map(app);
        return app;
    }

    private static async Task<AnnStatus> StatusAsync(CollectionRegistry registry, CancellationToken cancellation)
    {
        await registry.WhenLoaded(cancellation);
        var collections = new List<AnnCollection>();
        foreach (var collection in registry.Open)
        {
            var statistics = await collection.GetStatisticsAsync(cancellation);
            collections.Add(new AnnCollection(
                collection.Model.Value, collection.Dimension, statistics.Count, statistics.Index, statistics.Building?.Index, statistics.Building?.Progress,
                statistics.WritesSinceSnapshot, statistics.LastSnapshot, statistics.BytesOnDisk));
        }
        return new AnnStatus(collections, [.. registry.Damaged.Select(damaged => new DamagedCollection(damaged.Key.Value, damaged.Value))]);
    }

    private sealed record AnnStatus(IReadOnlyList<AnnCollection> Collections, IReadOnlyList<DamagedCollection> Damaged);

    private sealed record AnnCollection(
        string Model, int Dimension, int Count, string Index, string? Building, double? BuildingProgress, long WritesSinceSnapshot, DateTimeOffset? LastSnapshot, long? BytesOnDisk);

    private sealed record DamagedCollection(string Model, string Reason);
}
