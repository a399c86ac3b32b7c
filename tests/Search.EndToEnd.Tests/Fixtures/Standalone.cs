using System.Globalization;
using System.Text.Json.Nodes;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>The standalone service over one data folder, which outlives the process.</summary>
public static class Standalone
{
    public static async Task<ServiceProcess> StartAsync(string data, string? importRoot = null, params string[] settings)
    {
        var process = ServiceProcess.Start("standalone", "Search.Standalone",
            ["--Data:Directory", data, .. importRoot is null ? Array.Empty<string>() : ["--Indexing:ImportRoot", importRoot], .. settings]);
        await process.WaitUntilReadyAsync();
        return process;
    }

    public static async Task ImportAsync(this ServiceProcess service, string folder)
    {
        ArgumentNullException.ThrowIfNull(service);
        var (status, output) = await CommandLine.RunAsync("import", folder, "--by-path", "--url", service.Address.ToString());
        Assert.True(status == 0, $"The import failed:\n{output}\n{service.LogTail()}");
    }

    public static async Task<(int Status, JsonObject Body)> SearchAsync(this ServiceProcess service, byte[] image, params (string Name, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(service);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(image), "image", "query" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return await service.PostAsync("/v1/search", form);
    }

    public static async Task<(int Status, JsonObject Body)> PutItemAsync(this ServiceProcess service, string id, string metadata, params byte[][] images)
    {
        ArgumentNullException.ThrowIfNull(service);
        using var form = new MultipartFormDataContent { { new StringContent(metadata), "metadata" } };
        foreach (var (image, i) in images.Select((x, i) => (x, i)))
            form.Add(new ByteArrayContent(image), "image", string.Create(CultureInfo.InvariantCulture, $"{i}"));
        using var response = await service.Http.PutAsync(new Uri($"/v1/items/{id}", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    public static async Task<(int Status, JsonObject Body)> PostAsync(this ServiceProcess service, string path, HttpContent content)
    {
        ArgumentNullException.ThrowIfNull(service);
        using var response = await service.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    public static async Task<int> CountAsync(this ServiceProcess service, string state)
    {
        ArgumentNullException.ThrowIfNull(service);
        return (int)(await service.GetAsync("/v1/status"))["items"]![state]!;
    }

    /// <summary>Ids of a search's results, in order.</summary>
    public static IReadOnlyList<string> ItemIds(this JsonObject answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return [.. answer["results"]!.AsArray().Select(r => (string)r!["itemId"]!)];
    }

    private static async Task<(int Status, JsonObject Body)> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : new JsonObject { ["text"] = text });
    }
}
