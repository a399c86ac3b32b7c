using System.Net;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Searching;

public sealed class SearchTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task Search_ByImage_AnswersInTheFixedShape()
    {
        using var form = Form.WithImage(("k", "2"));
        using var response = await gateway.Host.SearchAsync(form);
        var answer = await response.ReadAsync();

        Assert.Equal(["queryId", "model", "results", "timings"], Names(answer));
        Assert.Equal(7, Guid.Parse(answer.GetProperty("queryId").GetString()!).Version);
        Assert.Equal(StandInServices.Model.Value, answer.GetProperty("model").GetString());
        Assert.Equal(["item-0000", "item-0001"], answer.ItemIds());

        var result = answer.GetProperty("results")[0];
        Assert.Equal(["itemId", "imageId", "score", "item", "duplicates"], Names(result));
        Assert.Equal("item-0000/0", result.GetProperty("imageId").GetString());
        Assert.Equal(1.0, result.GetProperty("score").GetDouble());
        Assert.Equal(0, result.GetProperty("duplicates").GetArrayLength());

        var item = result.GetProperty("item");
        Assert.Equal(["title", "category", "attributes", "price", "imageUrl"], Names(item));
        Assert.Equal("gold", item.GetProperty("attributes").GetProperty("metal").GetString());
        Assert.Equal(0.5, item.GetProperty("attributes").GetProperty("carat").GetDouble());
        Assert.Equal(100, item.GetProperty("price").GetDouble());
        Assert.Equal("/v1/items/item-0000/image?n=0", item.GetProperty("imageUrl").GetString());

        var timings = answer.GetProperty("timings");
        Assert.Equal(["decodeMs", "embedMs", "searchMs", "rerankMs", "totalMs"], Names(timings));
        Assert.Equal(1.5, timings.GetProperty("decodeMs").GetDouble());
        Assert.Equal(2.5, timings.GetProperty("embedMs").GetDouble());
        Assert.True(timings.GetProperty("totalMs").GetDouble() > 0);
    }

    [Fact]
    public async Task Search_WithoutK_AnswersTwenty()
    {
        using var response = await gateway.Host.SearchAsync(Form.WithImage());
        Assert.Equal(20, (await response.ReadAsync()).ItemIds().Length);
    }

    [Fact]
    public async Task Search_ByItem_LeavesTheItemItselfOut()
    {
        using var response = await gateway.Host.SearchAsync(Form.Of(("itemId", "item-0010"), ("k", "2")));
        Assert.Equal(["item-0009", "item-0011"], (await response.ReadAsync()).ItemIds().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Similar_AndSearchByItem_AnswerTheSame()
    {
        using var posted = await gateway.Host.SearchAsync(Form.Of(("itemId", "item-0010"), ("k", "7")));
        var got = await gateway.Host.GetJsonAsync("/v1/items/item-0010/similar?k=7");
        Assert.Equal((await posted.ReadAsync()).GetProperty("results").GetRawText(), got.GetProperty("results").GetRawText());
    }

    [Theory]
    [InlineData("[1,0,0,0]")]
    [InlineData("[1e30,0,0,0]")]
    [InlineData(" [ 1e-30 , 0.0 , -0 , 0 ] ")]
    public async Task Search_ByVectorOfAnyScale_ScoresCosines(string vector)
    {
        using var response = await gateway.Host.SearchAsync(Form.Of(("vector", vector), ("k", "1")));
        var result = (await response.ReadAsync()).GetProperty("results")[0];
        Assert.Equal("item-0000", result.GetProperty("itemId").GetString());
        Assert.Equal(1.0, result.GetProperty("score").GetDouble(), 6);
    }

    [Fact]
    public async Task Search_WithExplain_CarriesTheRules()
    {
        using var response = await gateway.Host.SearchAsync(Form.WithImage(("k", "1"), ("explain", "1")));
        var rule = (await response.ReadAsync()).GetProperty("results")[0].GetProperty("explain")[0];
        Assert.Equal(["rule", "effect", "detail"], Names(rule));
        Assert.Equal("stand-in", rule.GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Search_AskedTwice_AnswersTheSameResults()
    {
        using var first = await gateway.Host.SearchAsync(Form.WithImage());
        using var second = await gateway.Host.SearchAsync(Form.WithImage());
        var (a, b) = (await first.ReadAsync(), await second.ReadAsync());
        Assert.Equal(a.GetProperty("results").GetRawText(), b.GetProperty("results").GetRawText());
        Assert.NotEqual(a.GetProperty("queryId").GetString(), b.GetProperty("queryId").GetString());
    }

    [Fact]
    public async Task Search_ByUnknownItem_Is404()
    {
        using var response = await gateway.Host.SearchAsync(Form.Of(("itemId", "nobody")));
        Assert.Contains("nobody", (await response.ProblemAsync(HttpStatusCode.NotFound)).Detail(), StringComparison.Ordinal);
    }

    private static string[] Names(System.Text.Json.JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
