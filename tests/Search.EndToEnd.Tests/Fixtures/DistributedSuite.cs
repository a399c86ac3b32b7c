using Search.Testing;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>Every service as a process of its own over a real broker, filled with the demo catalogue; traces go to the test's own collector.</summary>
public class DistributedSuite : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly RabbitMqBroker _broker = new();
    private readonly List<ServiceProcess> _services = [];

    public TraceCollector Traces { get; } = new();

    /// <summary>Where large query pictures lie while they travel.</summary>
    public string QueryBlobs => Path.Combine(Blobs, "queries");

    /// <summary>The blob store of this suite when its settings name no other.</summary>
    public string Blobs => Path.Combine(_data.Path, "blobs");

    /// <summary>What a user talks to.</summary>
    public ServiceProcess Gateway => _services[^1];

    /// <summary>What all services are started with besides.</summary>
    protected virtual IEnumerable<string> Settings => [];

    /// <summary>Makes what the trainer needs. Called once.</summary>
    /// <returns>What it is started with; nothing, as here, leaves it out.</returns>
    protected virtual string[] PrepareTrainer() => [];

    public async ValueTask InitializeAsync()
    {
        if (_broker.WhyNot is { } reason)
            Assert.Skip(reason);
        var indexing = Start("indexing", "Search.Indexing", "--Indexing:ImportRoot", DemoCatalogue.Folder);
        var embedding = Start("embedding", "Search.Embedding");
        var ann = Start("ann", "Search.Ann");
        var rerank = Start("rerank", "Search.Rerank");
        var training = PrepareTrainer();
        string[] trainer = training.Length == 0 ? [] : ["--Gateway:Services:trainer", Start("trainer", "Search.TrainingJobs", training).Address.ToString()];
        Start("gateway", "Search.Gateway",
            [.. trainer, "--Gateway:Services:indexing", indexing.Address.ToString(), "--Gateway:Services:embedding", embedding.Address.ToString(),
            "--Gateway:Services:ann", ann.Address.ToString(), "--Gateway:Services:rerank", rerank.Address.ToString()]);
        foreach (var service in _services)
            await service.WaitUntilReadyAsync();
        await Gateway.ImportAsync(DemoCatalogue.Folder);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var service in _services.AsEnumerable().Reverse())
            await service.DisposeAsync();
        _broker.Dispose();
        Traces.Dispose();
        _data.Dispose();
    }

    private ServiceProcess Start(string service, string project, params string[] settings)
    {
        var process = ServiceProcess.Start(service, project,
        [
            "--Data:Directory", _data.Path, "--Messaging:Transport", "RabbitMq", "--Messaging:RabbitMq", _broker.Address,
            "--OTEL_EXPORTER_OTLP_ENDPOINT", Traces.Address.ToString(), "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "--OTEL_BSP_SCHEDULE_DELAY", "500", .. Settings, .. settings,
        ]);
        _services.Add(process);
        return process;
    }
}
