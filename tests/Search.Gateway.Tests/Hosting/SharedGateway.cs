namespace Search.Gateway.Tests.Hosting;

/// <summary>One gateway with default settings for all tests of a class.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    private GatewayHost? _host;

    internal GatewayHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
