using System.Text.RegularExpressions;
using Search.Gateway.Access;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Access;

public sealed partial class NewKeyTests
{
    [Fact]
    public async Task NewKey_ConfiguredAsPrinted_IsAccepted()
    {
        using var output = new StringWriter();
        Assert.True(NewKeyCommand.TryRun(["--new-key", "shop"], output));
        var key = Key().Match(output.ToString()).Value;
        var settings = Variables().Matches(output.ToString()).Select(m => m.Value.Replace("__", ":", StringComparison.Ordinal));

        await using var host = await GatewayHost.StartAsync([.. settings]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/status");
        request.Headers.Add("X-Api-Key", key);
        using var response = await host.SendAsync(request);
        await response.ReadAsync();
        using var without = await host.GetAsync("/v1/status");
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, without.StatusCode);
    }

    [Fact]
    public void NewKey_MadeTwice_Differs()
    {
        using var first = new StringWriter();
        using var second = new StringWriter();
        NewKeyCommand.TryRun(["--new-key", "shop"], first);
        NewKeyCommand.TryRun(["--new-key", "shop"], second);
        Assert.NotEqual(Key().Match(first.ToString()).Value, Key().Match(second.ToString()).Value);
    }

    [Fact]
    public void OtherArguments_AreLeftToTheService()
    {
        using var output = new StringWriter();
        Assert.False(NewKeyCommand.TryRun(["--urls", "http://127.0.0.1:0"], output));
        Assert.False(NewKeyCommand.TryRun([], output));
        Assert.Empty(output.ToString());
    }

    [GeneratedRegex("sk_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();

    [GeneratedRegex("Gateway__Keys__\\S+")]
    private static partial Regex Variables();
}
