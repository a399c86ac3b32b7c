using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Search.Gateway.Access;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Access;

/// <summary>Without a server that really listens beyond loopback: tests must not.</summary>
public sealed class ListenCheckTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("https://[::1]:8443")]
    [InlineData("http://127.0.0.53:80")]
    [InlineData("http://unix:/run/search.sock")]
    public async Task Start_OnThisMachineOnly_NeedsNoKeys(string address) => await CheckAsync(new GatewayOptions(), address);

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://*:80")]
    [InlineData("http://+:80")]
    [InlineData("http://192.168.1.7:8080")]
    [InlineData("http://search.example:80")]
    public async Task Start_BeyondThisMachineWithoutKeys_IsRefusedWithTheReason(string address)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => CheckAsync(new GatewayOptions(), "http://127.0.0.1:1", address));
        Assert.Contains(address, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Gateway:Keys", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BeyondThisMachineWithAKey_IsFine() => await CheckAsync(OptionsWithKey(), "http://0.0.0.0:8080");

    [Fact]
    public void Connection_FromElsewhere_IsRefusedEvenBeforeTheCheckHasRun()
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString("localhost");
        context.Connection.LocalIpAddress = IPAddress.Parse("192.168.1.7");
        var access = new OpenAccess(Options.Create(new GatewayOptions()));
        Assert.Equal(401, access.RefusalOf(context)?.Status);

        context.Connection.LocalIpAddress = IPAddress.Loopback;
        Assert.Null(access.RefusalOf(context));
    }

    [Fact]
    public async Task Host_RunsTheCheckWhenItStarts()
    {
        // The check itself is exercised above; here only that a real start reaches it and passes on loopback.
        await using var host = await GatewayHost.StartAsync();
        Assert.True(host.Has<ListenCheck>());
    }

    private static GatewayOptions OptionsWithKey()
    {
        var options = new GatewayOptions();
        options.Keys.Add(new ApiKeyOptions { Name = "a", Sha256 = new string('0', 64) });
        return options;
    }

    private static Task CheckAsync(GatewayOptions options, params string[] addresses)
    {
        using var server = new BoundServer(addresses);
        return new ListenCheck(server, new ApiKeys(Options.Create(options))).StartedAsync(CancellationToken.None);
    }

    private sealed class BoundServer : IServer, IServerAddressesFeature
    {
        internal BoundServer(string[] addresses)
        {
            Addresses = addresses;
            Features.Set<IServerAddressesFeature>(this);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public ICollection<string> Addresses { get; }

        public bool PreferHostingUrls { get; set; }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
