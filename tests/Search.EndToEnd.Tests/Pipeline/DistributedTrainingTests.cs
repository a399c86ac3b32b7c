using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Search.Contracts;
using Search.EndToEnd.Tests.Fixtures;
using Search.Testing;

namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>From photos to a model that answers searches, and back, with every service apart over RabbitMQ.</summary>
public sealed class DistributedTrainingTests(DistributedSuiteWithTrainer suite) : IClassFixture<DistributedSuiteWithTrainer>
{
    private static readonly int s_pictures = DemoCatalogue.Items.Sum(item => item["images"]!.AsArray().Count);

    [Fact]
    public async Task AJobsModel_IsFilled_RefusedByTheGate_PromotedByForce_RolledBack_AndReleased()
    {
        var production = (await SearchAsync()).Model;
        var candidate = await TrainAsync("""
            {
              "name": "quick", "photos": "photos", "candidate": true,
              "recipe": { "network": { "dimension": 8 }, "stages": [ { "steps": 3, "side": 32, "piecesPerCategory": 2, "learningRate": 1e-4, "headLearningRate": 1e-4 } ] }
            }
            """);
        await suite.Gateway.FillCandidateAsync(candidate, s_pictures);
        Assert.Equal(production, (await SearchAsync()).Model);

        // Three steps of eight components are no match for the model that ships.
        var (status, refusal) = await suite.Gateway.PostChangeAsync("promote", candidate);
        Assert.True((status, (string?)refusal["type"]) == (409, "urn:search:problem:not-admitted"), refusal.ToJsonString());
        Assert.Contains("force", (string)refusal["detail"]!, StringComparison.Ordinal);

        var (forced, body) = await suite.Gateway.PostChangeAsync("promote", candidate, force: true);
        Assert.True(forced == 200, body.ToJsonString());
        await AnswersByAsync(candidate.Value);
        await suite.Gateway.ChangeAsync("rollback", null);
        await AnswersByAsync(production);
        await suite.Gateway.ChangeAsync("release", candidate);
        await Wait.UntilAsync(async () => (await suite.Gateway.GetAsync("/services/ann/ann/status"))["collections"]!.AsArray().Count == 1);
        Assert.NotEmpty((await SearchAsync()).Items);
    }

    [Fact]
    public async Task AWrongJob_IsToldSoThroughTheGateway()
    {
        using var response = await suite.Gateway.Http.PostAsJsonAsync(
            new Uri("/v1/training-jobs", UriKind.Relative), new { name = "Quick", photos = "../photos", startFrom = "nowhere" }, TestContext.Current.CancellationToken);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        Assert.Equal((400, 400), ((int)response.StatusCode, (int)problem["status"]!));
        Assert.All((string[])["'name'", "'photos'", "'startFrom' is 'nowhere'"], part => Assert.Contains(part, (string)problem["detail"]!, StringComparison.Ordinal));
    }

    /// <returns>The published model.</returns>
    private async Task<EmbeddingModelId> TrainAsync(string job)
    {
        using var content = new StringContent(job, System.Text.Encoding.UTF8, "application/json");
        var (status, started) = await suite.Gateway.PostAsync("/v1/training-jobs", content);
        Assert.True(status == 201, started.ToJsonString());
        JsonObject now = started;
        await Wait.UntilAsync(
            async () => (now = await suite.Gateway.GetAsync($"/v1/training-jobs/{(long)started["id"]!}"))["endedAt"] is not null, TimeSpan.FromMinutes(3));
        Assert.True((string)now["state"]! == "succeeded", now.ToJsonString());
        return new EmbeddingModelId((string)now["model"]!);
    }

    /// <summary>News travel over the bus.</summary>
    private Task AnswersByAsync(string model) => Wait.UntilAsync(async () => (await SearchAsync()).Model == model);

    private async Task<(string Model, IReadOnlyList<string> Items)> SearchAsync()
    {
        var (status, answer) = await suite.Gateway.SearchAsync(await File.ReadAllBytesAsync(DemoCatalogue.Queries[0].Path, TestContext.Current.CancellationToken), ("k", "5"));
        Assert.True(status == 200, answer.ToJsonString());
        return ((string)answer["model"]!, answer.ItemIds());
    }
}
