using System.Diagnostics;
using Search.Contracts;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Searching;

public sealed class StatusTests
{
    [Fact]
    public async Task Status_OfAHealthySuite_ShowsItemsModelAndIndex()
    {
        await using var host = await GatewayHost.StartAsync();
        var status = await host.GetJsonAsync("/v1/status");

        Assert.Equal("""{"total":10,"accepted":1,"embedded":2,"indexed":6,"failed":1}""", status.GetProperty("items").GetRawText());
        var model = status.GetProperty("model");
        Assert.Equal("stand-in@1.2.3+0123456789abcdef", model.GetProperty("id").GetString());
        Assert.Equal("stand-in", model.GetProperty("name").GetString());
        Assert.Equal("1.2.3", model.GetProperty("version").GetString());
        Assert.Equal(4, model.GetProperty("dimension").GetInt32());
        Assert.Equal("cpu", model.GetProperty("executionProvider").GetString());
        Assert.Equal("hnsw", status.GetProperty("index").GetProperty("engine").GetString());
        Assert.Equal(60, status.GetProperty("index").GetProperty("count").GetInt32());
        Assert.NotEmpty(status.GetProperty("version").GetString()!);
        Assert.All(status.GetProperty("services").EnumerateObject(), s => Assert.Equal("available", s.Value.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Status_WithOneServiceSilentAndOneFailing_ShowsTheRest()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:StatusDeadline=00:00:00.200");
        host.Services.Active = async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new UnreachableException();
        };
        host.Services.Catalogue = _ => throw new ServiceProblemException(ServiceProblem.Overloaded("busy"));
        var status = await host.GetJsonAsync("/v1/status");

        Assert.Equal("null", status.GetProperty("model").GetRawText());
        Assert.Equal("null", status.GetProperty("items").GetRawText());
        Assert.Equal(60, status.GetProperty("index").GetProperty("count").GetInt32());
        var services = status.GetProperty("services");
        Assert.Equal("unavailable", services.GetProperty("embedding").GetProperty("status").GetString());
        Assert.Equal("busy", services.GetProperty("indexing").GetProperty("detail").GetString());
        Assert.Equal("available", services.GetProperty("ann").GetProperty("status").GetString());
    }
}
