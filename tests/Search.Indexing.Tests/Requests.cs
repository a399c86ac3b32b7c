using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Search.Indexing.Tests;

/// <summary>The API as a client uses it.</summary>
internal static class Requests
{
    internal static object Metadata(string title = "Ring", string category = "rings", string visibility = "public", double price = 10) =>
        new { title, category, attributes = new { metal = "gold", carat = 18 }, price, visibility };

    internal static MultipartFormDataContent Form(object? metadata, params byte[][] images)
    {
        var form = new MultipartFormDataContent();
        if (metadata is not null)
            form.Add(JsonContent.Create(metadata), "metadata");
        foreach (var image in images)
            form.Add(new ByteArrayContent(image), "image", "picture.jpg");
        return form;
    }

    internal static Task<HttpResponseMessage> PutAsync(this IndexingHost host, string id, object? metadata, params byte[][] images) =>
        host.Http.PutAsync($"/v1/items/{id}", Form(metadata, images), TestContext.Current.CancellationToken);

    internal static async Task PutAcceptedAsync(this IndexingHost host, string id, object metadata, params byte[][] images)
    {
        using var response = await host.PutAsync(id, metadata, images);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    internal static Task<HttpResponseMessage> ImportAsync(this IndexingHost host, string lines)
    {
        var content = new StringContent(lines, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return host.Http.PostAsync("/v1/items:import", content, TestContext.Current.CancellationToken);
    }

    internal static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    internal static async Task IndexedAsync(this IndexingHost host, int items) => await Eventually.HoldsAsync(
        async () => await host.StatusAsync() is var status && status.Indexed == items && status.Total == items, $"{items} items are indexed");

    internal static async Task<string> StateAsync(this IndexingHost host, string id) =>
        (await host.GetJsonAsync($"/v1/items/{id}")).GetProperty("state").GetString()!;
}
