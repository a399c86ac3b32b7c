using System.Diagnostics.Metrics;
using Search.Contracts.Catalogue;
using Search.Hosting.Telemetry;
using Search.Indexing.Storage;

namespace Search.Indexing.Telemetry;

/// <summary>What the catalogue measures beyond its requests and messages, which the hosting library counts.</summary>
internal sealed class IndexingMetrics
{
    private readonly Counter<long> _published;
    private readonly Counter<long> _importLines;
    private readonly Counter<long> _resent;

    /// <param name="meters">The container's own factory: gauges that look into a catalogue go when it goes.</param>
    public IndexingMetrics(IMeterFactory meters, CatalogueDatabase catalogue)
    {
        var meter = meters.Create(SearchTelemetry.Name);
        _published = meter.CreateCounter<long>("search.indexing.outbox.published", "{event}", "Events that the broker has taken");
        _importLines = meter.CreateCounter<long>("search.indexing.import.lines", "{line}", "Lines of bulk imports by outcome");
        _resent = meter.CreateCounter<long>("search.indexing.pictures.resent", "{picture}", "Pictures sent again, by reason");
        meter.CreateObservableGauge("search.indexing.items", () => Items(catalogue), "{item}", "Items by state");
        meter.CreateObservableGauge(
            "search.indexing.outbox.depth",
            () => catalogue.Read(session => session.Outbox.CountWaiting() + session.Images.CountUnpublished()),
            "{event}", "Events that wait for publication");
    }

    internal void Published(int count) => _published.Add(count);

    internal void ImportLine(string outcome) => _importLines.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Resent(int count, string reason) => _resent.Add(count, new KeyValuePair<string, object?>("reason", reason));

    private static IEnumerable<Measurement<int>> Items(CatalogueDatabase catalogue) => catalogue.Read(session => session.Items.CountByState())
        .Select(row => new Measurement<int>(row.Value, new KeyValuePair<string, object?>("state", Name(row.Key))));

    private static string Name(ImageState state) => state.ToString().ToLowerInvariant();
}
