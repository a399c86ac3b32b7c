using System.Net;
using System.Text;
using System.Text.Json;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Gateway.Tests.Hosting;
using Search.Testing;

namespace Search.Gateway.Tests.Models;

public sealed class ModelEndpointTests : IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task List_ShowsAliasesAndHowFarACollectionIs()
    {
        _host.Services.Filling = () => StandInServices.Progress(lacking: 12, perSecond: 4);
        var models = (await _host.GetJsonAsync("/v1/models")).GetProperty("models");
        Assert.Equal(StandInServices.Model.Value, models[0].GetProperty("id").GetString());
        Assert.Equal("production", models[0].GetProperty("aliases")[0].GetString());
        Assert.True(models[0].GetProperty("active").GetBoolean());
        Assert.Equal(JsonValueKind.Null, models[0].GetProperty("filling").ValueKind);
        Assert.Equal("""{"pictures":60,"lacking":12,"failed":0,"perSecond":4,"secondsLeft":3}""", models[1].GetProperty("filling").GetRawText());
    }

    [Fact]
    public async Task Promote_OfAFilledModel_IsJudgedBesideTheActiveOne_AndPassedOn()
    {
        using var response = await ChangeAsync("promote", $$"""{"model":"{{StandInServices.Other}}","reason":"better rings"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((StandInServices.Other, StandInServices.Model), (Assert.Single(_host.Services.Recorded).Candidate, _host.Services.Recorded.Single().Production));
        Assert.Equal(new PromoteModel { Model = StandInServices.Other, Reason = "better rings" }, Assert.Single(_host.Services.Changes));
    }

    [Fact]
    public async Task Promote_OfAModelThatLacksPictures_IsRefusedWithHowManyAndHowLong_UnlessForced()
    {
        _host.Services.Filling = () => StandInServices.Progress(lacking: 12, perSecond: 4);
        using (var refused = await ChangeAsync("promote", $$"""{"model":"{{StandInServices.Other}}"}"""))
        {
            var detail = (await refused.ProblemAsync(HttpStatusCode.Conflict)).Detail();
            Assert.Contains("lacks 12 of 60 pictures, for about 00:00:03 more", detail, StringComparison.Ordinal);
        }
        Assert.Empty(_host.Services.Changes);
        using var forced = await ChangeAsync("promote", $$"""{"model":"{{StandInServices.Other}}","force":true,"reason":"must"}""");
        Assert.Equal(HttpStatusCode.OK, forced.StatusCode);
        Assert.Equal(new PromoteModel { Model = StandInServices.Other, Reason = "must", Force = true }, Assert.Single(_host.Services.Changes));
        // Nobody waits for a verdict that changes nothing.
        Assert.Empty(_host.Services.Recorded);
    }

    [Fact]
    public async Task RollBack_WhileTheCatalogueDoesNotAnswer_SaysWhatServes_SinceItIsDone()
    {
        _host.Services.Filling = () => throw new ServiceProblemException(new ServiceProblem(503, "unavailable", "Away", "The catalogue is away."));
        using var response = await ChangeAsync("rollback", "{}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.All((await response.ReadAsync()).GetProperty("models").EnumerateArray(), model => Assert.Equal(JsonValueKind.Null, model.GetProperty("filling").ValueKind));
        Assert.Single(_host.Services.Changes);
    }

    [Fact]
    public async Task Gate_SaysWhatJudgingCameTo_AndKeepsIt()
    {
        _host.Services.Judge = request => StandInServices.Verdict(request, VerdictOutcome.Failed);
        using var response = await ChangeAsync("gate", $$"""{"model":"{{StandInServices.Other}}"}""");
        var verdict = await response.ReadAsync();
        Assert.Equal(("failed", "catalogue", false), (verdict.GetProperty("outcome").GetString(), verdict.GetProperty("source").GetString(), verdict.GetProperty("admits").GetBoolean()));
        Assert.Equal(
            """{"metric":"category mAP","queries":60,"candidate":0.75,"production":0.5,"gain":0.25,"low":0.125,"high":0.5,"categories":[{"category":"rings","queries":60,"candidate":0.75,"production":0.5,"gain":0.25,"low":0.125,"high":0.5,"counted":true,"worse":false}]}""",
            verdict.GetProperty("figures")[0].GetRawText());
        var list = await _host.GetJsonAsync($"/v1/models/gate?model={Uri.EscapeDataString(StandInServices.Other.Value)}");
        Assert.Equal(verdict.GetRawText(), Assert.Single(list.GetProperty("verdicts").EnumerateArray()).GetRawText());
        Assert.Empty(_host.Services.Changes);
    }

    [Fact]
    public async Task Verdict_OnPhotos_IsRecorded()
    {
        var verdict = StandInServices.Verdict(new JudgeModels { Candidate = StandInServices.Other, Production = StandInServices.Model }, VerdictOutcome.Failed) with { Source = VerdictSource.Photos };
        using var response = await ChangeAsync("verdicts", JsonSerializer.Serialize(verdict, ContractJson.Options));
        Assert.Equal("photos", (await response.ReadAsync()).GetProperty("verdicts")[0].GetProperty("source").GetString());
        Assert.Equivalent(verdict, Assert.Single(_host.Services.Recorded), strict: true);
    }

    [Theory]
    [InlineData("\"photos\"", "\"catalogue\"")]
    [InlineData("\"photos\"", "1")]
    [InlineData("\"failed\"", "\"good\"")]
    [InlineData("\"admits\": false", "\"admits\": true")]
    [InlineData("stand-in@2.0.0", "stand-in")]
    [InlineData("\"items\": 60", "\"items\": -1")]
    [InlineData("\"reasons\"", "\"because\"")]
    [InlineData("00000000", "")]
    [InlineData("0.125", "7")]
    [InlineData("\"because\"", "null")]
    [InlineData("\"figures\": [", "\"figures\": [ null,")]
    [InlineData("\"categories\": [", "\"categories\": [ null,")]
    [InlineData("}", "")]
    public async Task Verdict_ThatIsNone_Is400(string part, string instead)
    {
        var verdict = StandInServices.Verdict(new JudgeModels { Candidate = StandInServices.Other, Production = StandInServices.Model }, VerdictOutcome.Failed) with { Source = VerdictSource.Photos };
        var text = JsonSerializer.Serialize(verdict, ContractJson.Options);
        Assert.Contains(part, text, StringComparison.Ordinal);
        using var response = await ChangeAsync("verdicts", text.Replace(part, instead, StringComparison.Ordinal));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Empty(_host.Services.Recorded);
    }

    [Fact]
    public async Task Gate_WhereThereIsNothingToJudge_Is409()
    {
        using (var active = await ChangeAsync("gate", $$"""{"model":"{{StandInServices.Model}}"}"""))
            await active.ProblemAsync(HttpStatusCode.Conflict);
        _host.Services.Filling = () => StandInServices.Progress(lacking: 1);
        using (var lacking = await ChangeAsync("gate", $$"""{"model":"{{StandInServices.Other}}"}"""))
            await lacking.ProblemAsync(HttpStatusCode.Conflict);
        using (var nameless = await ChangeAsync("gate", "{}"))
            await nameless.ProblemAsync(HttpStatusCode.BadRequest);
        using var list = await _host.GetAsync("/v1/models/gate?model=ring");
        await list.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Empty(_host.Services.Recorded);
    }

    [Fact]
    public async Task Promote_OfAModelThatIsNotServed_IsRefused()
    {
        using var response = await ChangeAsync("promote", """{"model":"stand-in@3.0.0+0000000000000000"}""");
        Assert.Contains("candidate first", (await response.ProblemAsync(HttpStatusCode.Conflict)).Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollBackAndCandidate_ArePassedOn()
    {
        using var back = await ChangeAsync("rollback", "");
        using var candidate = await ChangeAsync("candidate", $$"""{"model":"{{StandInServices.Other}}"}""");
        using var none = await ChangeAsync("candidate", "{}");
        Assert.Equal(
            [new RollBackModel { Reason = "" }, new NameCandidate { Model = StandInServices.Other, Reason = "" }, new NameCandidate { Model = null, Reason = "" }],
            _host.Services.Changes);
    }

    [Fact]
    public async Task Release_OfAModelOrOfThePreviousOne_IsPassedOn_AndTheListSaysSo()
    {
        using var named = await ChangeAsync("release", $$"""{"model":"{{StandInServices.Other}}","reason":"done with it"}""");
        using var previous = await ChangeAsync("release", "");
        Assert.Equal(HttpStatusCode.OK, previous.StatusCode);
        Assert.Equal([new ReleaseModel { Model = StandInServices.Other, Reason = "done with it" }, new ReleaseModel { Model = null, Reason = "" }], _host.Services.Changes);
        Assert.False((await named.ReadAsync()).GetProperty("models")[0].GetProperty("released").GetBoolean());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"model":"ring"}""")]
    [InlineData("""{"model":7}""")]
    [InlineData("""{"model":"stand-in@1.2.3+0123456789abcdef","forced":true}""")]
    public async Task Promote_WithABodyThatIsNoSuchRequest_Is400(string body)
    {
        using var response = await ChangeAsync("promote", body);
        await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Empty(_host.Services.Changes);
    }

    [Fact]
    public async Task Compare_OfTwoCollectionsThatShareHalfTheirAnswers_SaysHalf()
    {
        _host.Services.Neighbours = (request, _) =>
        {
            var all = _host.Services.Collection.Nearest(request with { K = 60 }).Neighbours;
            // The other model sees the first five as this one does, and then the far end of the collection.
            var found = request.Model == StandInServices.Other ? [.. all[..6], .. all[50..]] : all;
            return Task.FromResult(new NeighboursFound { Neighbours = found[..request.K], Exhausted = false });
        };
        var answer = await CompareAsync("k=10&sample=20");
        Assert.Equal((20, 0), (answer.GetProperty("compared").GetInt32(), answer.GetProperty("skipped").GetInt32()));
        Assert.Equal(0.5, answer.GetProperty("overlap").GetDouble(), 1e-9);
        Assert.Equal(0.5, answer.GetProperty("low").GetDouble(), 1e-9);
        Assert.Equal(1, answer.GetProperty("sameFirst").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Compare_WhereThereIsNothingToCompare_SaysSo()
    {
        _host.Services.Collection = StandInCollection.OfRings(1);
        var answer = await CompareAsync("sample=3");
        Assert.Equal((0, 3), (answer.GetProperty("compared").GetInt32(), answer.GetProperty("skipped").GetInt32()));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("overlap").ValueKind);
    }

    [Theory]
    [InlineData("k=0")]
    [InlineData("k=101")]
    [InlineData("sample=1001")]
    [InlineData("sample=many")]
    [InlineData("model=ring")]
    public async Task Compare_OutOfRange_Is400(string query)
    {
        using var response = await _host.GetAsync($"/v1/models/compare?{(query.StartsWith("model", StringComparison.Ordinal) ? query : $"model={StandInServices.Other}&{query}")}");
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SearchByVector_AfterASwitch_UsesTheNewModelAtOnce()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:ActiveModelLifetime=00:01:00");
        Assert.Equal(StandInServices.Model.Value, await ModelOfAsync(host));
        host.Services.Active = _ => Task.FromResult(new ActiveModel { Model = StandInServices.Other, Dimension = StandInCollection.Dimension, Preprocessing = "none", ExecutionProvider = "cpu" });
        Assert.Equal(StandInServices.Model.Value, await ModelOfAsync(host));
        await host.PublishAsync(new ServedModelsChanged { Active = StandInServices.Other, Others = [StandInServices.Model] });
        await Wait.UntilAsync(async () => await ModelOfAsync(host) == StandInServices.Other.Value);
    }

    private static async Task<string> ModelOfAsync(GatewayHost host)
    {
        using var response = await host.SearchAsync(Form.Of(("vector", "[1,0,0,0]")));
        return (await response.ReadAsync()).GetProperty("model").GetString()!;
    }

    private Task<JsonElement> CompareAsync(string query) => _host.GetJsonAsync($"/v1/models/compare?model={Uri.EscapeDataString(StandInServices.Other.Value)}&{query}");

    private Task<HttpResponseMessage> ChangeAsync(string change, string body) => _host.Client.PostAsync(
        new Uri($"/v1/models/{change}", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
}
