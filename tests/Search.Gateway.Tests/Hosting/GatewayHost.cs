using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Search.Hosting;
using Search.Hosting.Messaging;

namespace Search.Gateway.Tests.Hosting;

/// <summary>The real gateway on a free loopback port, with <see cref="StandInServices"/> in place of the other services.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _data;

    private GatewayHost(WebApplication app, string data, StandInServices services)
    {
        _app = app;
        _data = data;
        Services = services;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    internal Uri Address { get; }

    internal HttpClient Client { get; }

    internal StandInServices Services { get; }

    /// <param name="settings">Configuration such as <c>Gateway:SearchDeadline=00:00:01</c>.</param>
    internal static Task<GatewayHost> StartAsync(params string[] settings) => StartAsync(_ => { }, settings);

    /// <param name="map">What else to map, after the gateway.</param>
    internal static async Task<GatewayHost> StartAsync(Action<WebApplication> map, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("gateway-tests-").FullName;
        var services = new StandInServices();
        string[] args = ["--urls=http://127.0.0.1:0", $"--Data:Directory={data}", "--Logging:LogLevel:Default=Error", .. settings.Select(s => $"--{s}")];
        var builder = ServiceHost.CreateBuilder("gateway", args);
        builder.AddGateway();
        services.AddTo(builder.Services);
        var app = ServiceHost.Build(builder);
        try
        {
            app.MapGateway();
            map(app);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            Directory.Delete(data, recursive: true);
            throw;
        }
        return new GatewayHost(app, data, services);
    }

    internal Task<HttpResponseMessage> SearchAsync(HttpContent form) =>
        Client.PostAsync(new Uri("/v1/search", UriKind.Relative), form, TestContext.Current.CancellationToken);

    internal Task<HttpResponseMessage> GetAsync(string path) =>
        Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Client.SendAsync(request, TestContext.Current.CancellationToken);

    internal async Task<JsonElement> GetJsonAsync(string path)
    {
        using var response = await GetAsync(path);
        return await response.ReadAsync();
    }

    /// <summary>Tells every service of the process.</summary>
    internal Task PublishAsync<TEvent>(TEvent message) where TEvent : class =>
        _app.Services.GetRequiredService<IEventBus>().PublishAsync(message, TestContext.Current.CancellationToken);

    /// <summary>Whether a service of this kind is started with the host.</summary>
    internal bool Has<THosted>() where THosted : IHostedService => _app.Services.GetServices<IHostedService>().OfType<THosted>().Any();

    internal Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
