using System.Text;
using System.Text.Json.Nodes;
using Search.Contracts;
using Search.Testing;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>The calls by which models change places.</summary>
internal static class ModelChanges
{
    /// <param name="change">candidate, promote, rollback or release.</param>
    /// <param name="model">Null where the change knows which one.</param>
    public static async Task<(int Status, JsonObject Body)> PostChangeAsync(
        this ServiceProcess service, string change, EmbeddingModelId? model, bool force = false, string reason = "test")
    {
        var body = new JsonObject { ["reason"] = reason, ["force"] = force };
        if (model is { } id)
            body["model"] = id.Value;
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await service.PostAsync($"/v1/models/{change}", content);
    }

    /// <summary>As <see cref="PostChangeAsync"/>, where nothing speaks against it.</summary>
    public static async Task ChangeAsync(this ServiceProcess service, string change, EmbeddingModelId? model)
    {
        var (status, body) = await service.PostChangeAsync(change, model);
        Assert.True(status == 200, body.ToJsonString());
    }

    /// <summary>Names a candidate and waits until its collection has every picture.</summary>
    public static async Task FillCandidateAsync(this ServiceProcess service, EmbeddingModelId model, int pictures)
    {
        await service.ChangeAsync("candidate", model);
        await Wait.UntilAsync(async () =>
        {
            var filling = (await service.ModelsAsync()).Single(m => (string)m!["id"]! == model.Value)!["filling"];
            return filling is not null && (long)filling["lacking"]! == 0 && (long)filling["pictures"]! == pictures;
        });
    }

    public static async Task<JsonArray> ModelsAsync(this ServiceProcess service) => (await service.GetAsync("/v1/models"))["models"]!.AsArray();

    public static async Task<JsonArray> CollectionsAsync(this ServiceProcess service) => (await service.GetAsync("/ann/status"))["collections"]!.AsArray();
}
