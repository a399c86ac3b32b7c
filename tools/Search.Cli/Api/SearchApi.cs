using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Search.Cli.Api;

/// <summary>The parts of the HTTP API that commands use.</summary>
internal sealed partial class SearchApi : IDisposable
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;

    internal SearchApi(Uri address, string? key)
    {
        // Imports hold a request open while the service reads the pictures.
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        if (!string.IsNullOrEmpty(key))
            _http.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    internal Uri Address => _http.BaseAddress!;

    public void Dispose() => _http.Dispose();

    internal Task<ServiceStatus> GetStatusAsync(CancellationToken cancellation) => GetAsync<ServiceStatus>("/v1/status", cancellation);

    internal async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <param name="lines">NDJSON, one item a line.</param>
    internal async Task<ImportReport> ImportAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        using var body = new ReadOnlyMemoryContent(lines);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await _http.PostAsync(new Uri("/v1/items:import", UriKind.Relative), body, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        // 400 with a report means that no line was taken; the report says why for each.
        if (JsonSerializer.Deserialize<ImportReport>(text, Json) is { Errors: not null } report)
            return report;
        throw Refused((int)response.StatusCode, text);
    }

    internal async Task<SearchAnswer> SearchAsync(string imagePath, int k, string? filter, CancellationToken cancellation)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(imagePath, cancellation)), "image", Path.GetFileName(imagePath) },
            { new StringContent(k.ToString(CultureInfo.InvariantCulture)), "k" },
        };
        if (filter is not null)
            form.Add(new StringContent(filter), "filter");
        using var response = await _http.PostAsync(new Uri("/v1/search", UriKind.Relative), form, cancellation);
        return await ReadAsync<SearchAnswer>(response, cancellation);
    }

    internal Task<ModelList> GetModelsAsync(CancellationToken cancellation) => GetAsync<ModelList>("/v1/models", cancellation);

    /// <param name="change">candidate, promote, rollback or release.</param>
    internal async Task<ModelList> ChangeModelsAsync(string change, ModelChange body, CancellationToken cancellation)
    {
        using var response = await _http.PostAsJsonAsync(new Uri($"/v1/models/{change}", UriKind.Relative), body, Json, cancellation);
        return await ReadAsync<ModelList>(response, cancellation);
    }

    /// <summary>Judges a model beside the active one; takes seconds.</summary>
    internal async Task<Verdict> JudgeModelAsync(string model, CancellationToken cancellation)
    {
        using var response = await _http.PostAsJsonAsync(new Uri("/v1/models/gate", UriKind.Relative), new ModelChange(model, null), Json, cancellation);
        return await ReadAsync<Verdict>(response, cancellation);
    }

    /// <param name="verdict">JSON, as the trainer writes it.</param>
    internal async Task<VerdictList> RecordVerdictAsync(ReadOnlyMemory<byte> verdict, CancellationToken cancellation)
    {
        using var body = new ReadOnlyMemoryContent(verdict);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync(new Uri("/v1/models/verdicts", UriKind.Relative), body, cancellation);
        return await ReadAsync<VerdictList>(response, cancellation);
    }

    internal Task<VerdictList> GetVerdictsAsync(string model, CancellationToken cancellation) =>
        GetAsync<VerdictList>($"/v1/models/gate?model={Uri.EscapeDataString(model)}", cancellation);

    internal Task<ModelComparison> CompareModelsAsync(string model, int k, int sample, CancellationToken cancellation) =>
        GetAsync<ModelComparison>(string.Create(CultureInfo.InvariantCulture, $"/v1/models/compare?model={Uri.EscapeDataString(model)}&k={k}&sample={sample}"), cancellation);

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return await ReadAsync<T>(response, cancellation);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        await RequireSuccessAsync(response, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return JsonSerializer.Deserialize<T>(text, Json) ?? throw new SearchApiException((int)response.StatusCode, "The service's answer is empty.");
    }

    /// <exception cref="SearchApiException">With what the service said, if it did not do what it was asked.</exception>
    private static async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
            throw Refused((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
    }

    private static SearchApiException Refused(int status, string body)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<Problem>(body, Json);
            if (problem?.Title is not null)
                return new SearchApiException(status, $"{problem.Title} ({status}): {problem.Detail}");
        }
        catch (JsonException)
        {
            // Not one of ours: a proxy in between, or another service at that address.
        }
        return new SearchApiException(status, $"The service answered {status}. Is this the address of the search service?");
    }

    private sealed record Problem(string? Title, string? Detail);
}
