using Microsoft.Extensions.Options;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests;

public sealed class GatewayOptionsTests
{
    /// <summary>The host logs why it does not start; here that is expected.</summary>
    private const string Quiet = "Logging:LogLevel:Default=None";

    [Fact]
    public async Task Start_WithSeveralMistakes_ReportsThemAllTogether()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(
            Quiet,
            "Gateway:SearchDeadline=00:00:00",
            "Gateway:MaxSearchBodyBytes=1",
            "Gateway:Keys:0:Name=shop",
            "Gateway:Keys:0:Sha256=123",
            "Gateway:Keys:0:Scopes:0=everything",
            "Gateway:AllowedOrigins:0=shop.example/page",
            "Gateway:Services:indexing=somewhere",
            "Gateway:Services:billing=http://127.0.0.1:1"));
        foreach (var mistake in new[] { "SearchDeadline", "MaxSearchBodyBytes", "Keys:0:Sha256", "'everything'", "shop.example/page", "Services:indexing", "Services:billing" })
            Assert.Contains(refusal.Failures, failure => failure.Contains(mistake, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithAMisspeltSetting_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => GatewayHost.StartAsync(Quiet, "Gateway:Kyes:0:Name=shop"));
        Assert.Contains("Kyes", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithTwoKeysOfOneName_IsRefused()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(
            [Quiet, .. new TestKey(0, "shop", "search").Settings, .. new TestKey(1, "shop", "write").Settings]));
    }
}
