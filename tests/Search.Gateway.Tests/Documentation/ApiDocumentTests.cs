using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Documentation;

public sealed partial class ApiDocumentTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("post", "/v1/search")]
    [InlineData("get", "/v1/items/{id}/similar")]
    [InlineData("get", "/v1/items")]
    [InlineData("get", "/v1/items/{id}")]
    [InlineData("put", "/v1/items/{id}")]
    [InlineData("delete", "/v1/items/{id}")]
    [InlineData("get", "/v1/items/{id}/image")]
    [InlineData("post", "/v1/items:import")]
    [InlineData("post", "/v1/uploads")]
    [InlineData("get", "/v1/categories")]
    [InlineData("get", "/v1/groups/duplicates")]
    [InlineData("get", "/v1/groups/clusters")]
    [InlineData("get", "/v1/groups/outliers")]
    [InlineData("get", "/v1/distinct-items")]
    [InlineData("put", "/v1/distinct-items/{id}/{other}")]
    [InlineData("delete", "/v1/distinct-items/{id}/{other}")]
    [InlineData("get", "/v1/status")]
    [InlineData("get", "/v1/models")]
    [InlineData("get", "/v1/models/compare")]
    [InlineData("post", "/v1/models/candidate")]
    [InlineData("post", "/v1/models/promote")]
    [InlineData("post", "/v1/models/rollback")]
    [InlineData("post", "/v1/models/release")]
    [InlineData("post", "/v1/models/verdicts")]
    [InlineData("post", "/v1/models/gate")]
    [InlineData("get", "/v1/models/gate")]
    [InlineData("post", "/v1/training-jobs")]
    [InlineData("get", "/v1/training-jobs")]
    [InlineData("get", "/v1/training-jobs/{id}")]
    [InlineData("post", "/v1/training-jobs/{id}/cancel")]
    [InlineData("get", "/v1/training-jobs/{id}/recipe")]
    [InlineData("get", "/v1/training-jobs/{id}/curves")]
    [InlineData("get", "/v1/training-jobs/{id}/log")]
    [InlineData("get", "/health/live")]
    [InlineData("get", "/health/ready")]
    [InlineData("get", "/metrics")]
    public async Task Document_DescribesEveryEndpoint(string method, string path)
    {
        var operation = (await DocumentAsync()).GetProperty("paths").GetProperty(path).GetProperty(method);
        Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
        Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        Assert.Contains(operation.GetProperty("responses").EnumerateObject(), r => r.Name.StartsWith('2'));
    }

    [Fact]
    public async Task Document_HasNoReferenceThatLeadsNowhere()
    {
        var document = await DocumentAsync();
        var references = Reference().Matches(document.GetRawText()).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(references);
        foreach (var reference in references)
        {
            var at = document;
            foreach (var name in reference.Split('/'))
                Assert.True(at.TryGetProperty(name, out at), reference);
        }
    }

    [Fact]
    public async Task Document_NamesExactlyTheMembersThatAnswersHave()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        using var response = await gateway.Host.SearchAsync(Form.WithImage(("explain", "true"), ("k", "1")));
        var answer = await response.ReadAsync();
        var result = answer.GetProperty("results")[0];
        Assert.Equal(Names(schemas.GetProperty("SearchAnswer").GetProperty("properties")), Names(answer));
        Assert.Equal(Names(schemas.GetProperty("SearchResult").GetProperty("properties")), Names(result));
        Assert.Equal(Names(schemas.GetProperty("SearchResultItem").GetProperty("properties")), Names(result.GetProperty("item")));
        Assert.Equal(Names(schemas.GetProperty("SearchTimings").GetProperty("properties")), Names(answer.GetProperty("timings")));
        var status = await gateway.Host.GetJsonAsync("/v1/status");
        Assert.Equal(Names(schemas.GetProperty("StatusAnswer").GetProperty("properties")), Names(status));
    }

    [Fact]
    public async Task Document_OfTheSearchForm_NamesExactlyTheFieldsThatAreTaken()
    {
        var form = (await DocumentAsync()).GetProperty("paths").GetProperty("/v1/search").GetProperty("post")
            .GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties");
        using var response = await gateway.Host.SearchAsync(Form.Of(("no such field", "1")));
        var detail = (await response.ProblemAsync(System.Net.HttpStatusCode.BadRequest)).Detail();
        Assert.EndsWith($"it has {string.Join(", ", Names(form))}.", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_IsTheSame_WhetherTheItemApiIsHereOrBehindTheProxy()
    {
        await using var here = await GatewayHost.StartAsync(app =>
        {
            app.MapGet("/v1/items/{id}", (string id) => id).Produces<string>();
            app.MapGet("/internal/things", () => "not for callers");
        });
        await using var apart = await GatewayHost.StartAsync(app => app.MapGatewayProxy());
        Assert.Equal((await here.GetJsonAsync("/openapi/v1.json")).GetRawText(), (await apart.GetJsonAsync("/openapi/v1.json")).GetRawText());
    }

    [Fact]
    public async Task Documentation_LoadsNothingFromElsewhere()
    {
        using var response = await gateway.Host.GetAsync("/scalar/");
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotMatch("(src|href|url)\\W{1,4}(https?:)?//", html);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe", policy, StringComparison.Ordinal);
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.All(Script().Matches(html), script => Assert.Contains($"nonce=\"{nonce}\"", System.Net.WebUtility.HtmlDecode(script.Value), StringComparison.Ordinal));

        foreach (var source in Source().Matches(html).Select(m => m.Groups[1].Value))
        {
            using var script = await gateway.Host.GetAsync($"/scalar/{source}");
            Assert.Equal(System.Net.HttpStatusCode.OK, script.StatusCode);
        }
    }

    private Task<JsonElement> DocumentAsync() => gateway.Host.GetJsonAsync("/openapi/v1.json");

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    [GeneratedRegex("\"\\$ref\": *\"#/([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("<script[^>]*src=\"([^\"]+)\"")]
    private static partial Regex Source();
}
