using System.Globalization;
using System.Net.Http.Json;
using Search.Contracts.Messages;

namespace Search.Cli.Api;

internal sealed partial class SearchApi
{
    private const string JobPath = "/v1/training-jobs";

    internal async Task<TrainingJob> StartJobAsync(JobStart body, CancellationToken cancellation)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(JobPath, UriKind.Relative), body, Json, cancellation);
        return await ReadAsync<TrainingJob>(response, cancellation);
    }

    internal Task<TrainingJobPage> GetJobsAsync(int limit, string? state, CancellationToken cancellation) =>
        GetAsync<TrainingJobPage>(string.Create(CultureInfo.InvariantCulture, $"{JobPath}?limit={limit}") + (state is null ? "" : $"&state={Uri.EscapeDataString(state)}"), cancellation);

    internal Task<TrainingJob> GetJobAsync(long id, CancellationToken cancellation) => GetAsync<TrainingJob>(Job(id), cancellation);

    internal async Task<TrainingJob> CancelJobAsync(long id, CancellationToken cancellation)
    {
        using var response = await _http.PostAsync(new Uri($"{Job(id)}/cancel", UriKind.Relative), content: null, cancellation);
        return await ReadAsync<TrainingJob>(response, cancellation);
    }

    /// <param name="file">recipe, curves or log.</param>
    internal async Task CopyJobFileAsync(long id, string file, Stream destination, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(new Uri($"{Job(id)}/{file}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        await RequireSuccessAsync(response, cancellation);
        await response.Content.CopyToAsync(destination, cancellation);
    }

    private static string Job(long id) => string.Create(CultureInfo.InvariantCulture, $"{JobPath}/{id}");
}
