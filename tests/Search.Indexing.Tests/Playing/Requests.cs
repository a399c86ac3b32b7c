using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Search.Contracts.Catalogue;
using Search.Testing;

namespace Search.Indexing.Tests.Playing;

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

    /// <summary>Puts ring-0, ring-1, ... with a picture each and waits until they are indexed.</summary>
    internal static async Task PutRingsAsync(this IndexingHost host, int count)
    {
        for (var i = 0; i < count; i++)
            await host.PutAcceptedAsync($"ring-{i}", Metadata(), Pictures.Jpeg(i));
        await host.IndexedAsync(count);
    }

    internal static async Task DeleteAsync(this IndexingHost host, string id, HttpStatusCode expected = HttpStatusCode.NoContent)
    {
        using var response = await host.Http.DeleteAsync($"/v1/items/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }

    internal static Task<HttpResponseMessage> GetAsync(this IndexingHost host, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal static Task<HttpResponseMessage> ImportAsync(this IndexingHost host, params IEnumerable<string> lines) =>
        host.ImportAsync(new StringContent(string.Join('\n', lines), Encoding.UTF8));

    internal static Task<HttpResponseMessage> ImportAsync(this IndexingHost host, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return host.Http.PostAsync("/v1/items:import", content, TestContext.Current.CancellationToken);
    }

    /// <summary>A line with its picture inside.</summary>
    internal static string Line(string id, byte[] image, string title = "Ring") =>
        JsonSerializer.Serialize(new { id, title, category = "rings", images = new[] { new { data = image } } });

    internal static string PathLine(string id, string path) =>
        JsonSerializer.Serialize(new { id, title = "Ring", category = "rings", images = new[] { new { path } } });

    internal static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Accepted, unchanged and rejected lines of an import.</summary>
    internal static async Task<(int Accepted, int Unchanged, int Rejected)> CountsAsync(this HttpResponseMessage response)
    {
        var report = await response.JsonAsync();
        return (report.GetProperty("accepted").GetInt32(), report.GetProperty("unchanged").GetInt32(), report.GetProperty("rejected").GetInt32());
    }

    /// <summary>Asserts a problem of that status and returns it.</summary>
    internal static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Waits until the catalogue has just so many items, all of them are indexed, and readers know all about them.</summary>
    internal static Task IndexedAsync(this IndexingHost host, int items) => Wait.UntilAsync(async () =>
        await host.StatusAsync() is var status && status.Indexed == items && status.Total == items
        && host.Catalogue.Read(session => session.Outbox.CountWaiting() + session.Images.CountUnpublished()) == 0
        && host.Neighbours.Known.Count == items
        && host.Neighbours.Known.Values.All(item => item.Images.All(image => image is { State: ImageState.Indexed, PerceptualHash: not null })));

    internal static async Task<string> StateAsync(this IndexingHost host, string id) =>
        (await host.GetJsonAsync($"/v1/items/{id}")).GetProperty("state").GetString()!;
}
