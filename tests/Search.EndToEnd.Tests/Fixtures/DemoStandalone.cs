using Search.Testing;

[assembly: AssemblyFixture(typeof(Search.EndToEnd.Tests.Fixtures.DemoStandalone))]

// Each test starts processes that want the whole machine; side by side they would only time each other out.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>One standalone filled with the demo catalogue, started when the first test asks for it and shared by all that only read.</summary>
public sealed class DemoStandalone : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly Lazy<Task<ServiceProcess>> _service;

    public DemoStandalone() => _service = new(StartAsync);

    public Task<ServiceProcess> GetAsync() => _service.Value;

    public async ValueTask DisposeAsync()
    {
        if (_service is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await _service.Value).DisposeAsync();
        _data.Dispose();
    }

    private async Task<ServiceProcess> StartAsync()
    {
        var service = await Standalone.StartAsync(_data.Path, DemoCatalogue.Folder);
        await service.ImportAsync(DemoCatalogue.Folder);
        return service;
    }
}
