using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Search.Cli.Api;

internal sealed partial class SearchApi
{
    private const int MostAttempts = 6;

    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    /// <summary>The lines of an answer as they come; the last one is its end.</summary>
    /// <param name="query">Path and query below /v1/groups/.</param>
    /// <exception cref="SearchApiException">The service refused, or could not finish.</exception>
    internal async IAsyncEnumerable<GroupLine> GroupAsync(string query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(new Uri($"/v1/groups/{query}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        await RequireSuccessAsync(response, cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await reader.ReadLineAsync(cancellation) is { } text)
        {
            var line = ReadLine(text);
            if (line.Problem is { } problem)
                throw new SearchApiException(problem.Status, $"{problem.Title} ({problem.Status}): {problem.Detail}");
            yield return line;
            if (line.End is not null)
                yield break;
        }
        throw new SearchApiException((int)response.StatusCode, "The answer broke off before its end.");
    }

    /// <param name="apart">True: they are not duplicates. False: forget that they are not.</param>
    internal async Task JudgeAsync(string id, string other, bool apart, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            apart ? HttpMethod.Put : HttpMethod.Delete, new Uri($"/v1/distinct-items/{Uri.EscapeDataString(id)}/{Uri.EscapeDataString(other)}", UriKind.Relative));
        using var response = await _http.SendAsync(request, cancellation);
        await RequireSuccessAsync(response, cancellation);
    }

    internal async IAsyncEnumerable<DistinctPair> DistinctAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (string? after = null; ;)
        {
            var page = await GetAsync<DistinctPage>("/v1/distinct-items" + (after is null ? "" : $"?after={Uri.EscapeDataString(after)}"), cancellation);
            foreach (var pair in page.Pairs)
                yield return pair;
            if (page.Next is null)
                yield break;
            after = page.Next;
        }
    }

    /// <summary>A small JPEG of an item's picture, or null where there is none any more. Waits where the service asks for it: a page wants hundreds at once.</summary>
    internal async Task<byte[]?> ThumbnailAsync(string id, int image, int side, CancellationToken cancellation)
    {
        // By id, not by the address in an answer: whoever answers must not say where the key is sent.
        var path = new Uri(FormattableString.Invariant($"/v1/items/{Uri.EscapeDataString(id)}/image?n={image}&size={side}"), UriKind.Relative);
        for (var attempt = 1; ; attempt++)
        {
            using var response = await _http.GetAsync(path, cancellation);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadAsByteArrayAsync(cancellation);
            if (attempt == MostAttempts || response.Headers.RetryAfter?.Delta is not { } pause || pause > s_longestPause)
                await RequireSuccessAsync(response, cancellation);
            else
                await Task.Delay(pause, TimeProvider.System, cancellation);
        }
    }

    private static GroupLine ReadLine(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<GroupLine>(text, Json)! with { Text = text };
        }
        catch (JsonException)
        {
            throw new SearchApiException(200, "The service's answer can't be read. Is this the address of the search service?");
        }
    }
}
