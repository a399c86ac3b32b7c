using System.Globalization;
using System.Net;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Limits;

public sealed class RateTests
{
    private static readonly TestKey Slow = new(0, "slow", "search");
    private static readonly TestKey Free = new(1, "free", "search");

    [Fact]
    public async Task Key_OverItsRate_Is429WithRetryAfter_AndOthersAreNotTouched()
    {
        await using var host = await GatewayHost.StartAsync(
            [.. Slow.Settings, .. Free.Settings, "Gateway:Keys:0:RequestsPerSecond=1", "Gateway:Keys:0:Burst=3"]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.SendAsync(Slow.Request("GET", "/v1/status"))));
        var refused = answers.Where(a => a.StatusCode != HttpStatusCode.OK).ToList();

        // The bucket holds three; the rest of a busy second or two may bring a few more.
        Assert.InRange(answers.Length - refused.Count, 3, 20);
        foreach (var answer in refused)
        {
            await answer.ProblemAsync(HttpStatusCode.TooManyRequests);
            Assert.True(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture) >= 1);
        }
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.SendAsync(Free.Request("GET", "/v1/status")))))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var probe = await host.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
    }

    [Fact]
    public async Task CallersWithoutAKey_OverTheRateOfTheirAddress_Are429()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:Keyless:RequestsPerSecond=1", "Gateway:Keyless:Burst=2");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.GetAsync("/v1/status")));
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task CallersWithoutAKey_ByDefault_HaveNoLimit()
    {
        await using var host = await GatewayHost.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => host.GetAsync("/v1/status")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
    }
}
