using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Problems;

namespace Search.Ann.Groups;

/// <summary>
/// Runs one look at the whole catalogue at a time and writes what it finds line by line. It ends with the caller's connection or with its deadline; nothing of it is kept.
/// </summary>
internal sealed class GroupRunner(CatalogueReader reader, IOptions<AnnOptions> options, TimeProvider time) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(500);
    private static readonly byte[] NewLine = [(byte)'\n'];

    // Each has the vectors in memory once more, and a processor to itself.
    private readonly SemaphoreSlim _one = new(1);

    /// <exception cref="ServiceProblemException">Before the first line, 503: another is under way; or what reading the catalogue throws.</exception>
    public async Task RunAsync(HttpContext context, string? category, Func<CatalogueVectors, CancellationToken, IAsyncEnumerable<GroupLine>> find)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, context.RequestAborted))
            throw new ServiceProblemException(ServiceProblem.Overloaded("The catalogue is being looked at as a whole already, and that is done one at a time.", retryAfterSeconds: 5));
        GroupLine last;
        try
        {
            last = await FindAsync(context, category, find);
        }
        finally
        {
            _one.Release();
        }
        // Not before: whoever has read it may ask the next thing at once.
        await WriteLineAsync(context, last, context.RequestAborted);
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Writes all lines but the last, and returns that one.</summary>
    private async Task<GroupLine> FindAsync(HttpContext context, string? category, Func<CatalogueVectors, CancellationToken, IAsyncEnumerable<GroupLine>> find)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(options.Value.GroupingMinutes), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        try
        {
            var catalogue = await reader.ReadAsync(category, end.Token);
            var found = await WriteFoundAsync(context, find(catalogue, end.Token), end.Token);
            return new GroupLine { End = new GroupEnd(catalogue.Model.Value, catalogue.Items.Count, catalogue.Pictures.Count, found) };
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return Failed(context, ServiceProblem.Unavailable($"Grouping took longer than the {options.Value.GroupingMinutes} minutes of Ann:GroupingMinutes.", retryAfterSeconds: 60));
        }
        catch (ServiceProblemException e)
        {
            return Failed(context, e.Problem);
        }
    }

    /// <returns>How many lines tell of something found.</returns>
    private async Task<int> WriteFoundAsync(HttpContext context, IAsyncEnumerable<GroupLine> lines, CancellationToken cancellation)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var (found, last) = (0, time.GetTimestamp());
        // Local collections answer at once: without this the work would begin on the thread that reads requests.
        await Task.Yield();
        await foreach (var line in lines)
        {
            if (line.Progress is null)
                found++;
            else if (time.GetElapsedTime(last) < BetweenProgress)
                continue;
            else
                last = time.GetTimestamp();
            await WriteLineAsync(context, line, cancellation);
        }
        return found;
    }

    /// <summary>Before the first line it is an answer like any other refusal; after it, the last line.</summary>
    private static GroupLine Failed(HttpContext context, ServiceProblem problem) => context.Response.HasStarted
        ? new GroupLine { Problem = ProblemResults.ToDetails(problem, context.Request.Path) }
        : throw new ServiceProblemException(problem);

    private static async Task WriteLineAsync(HttpContext context, GroupLine line, CancellationToken cancellation)
    {
        if (!context.Response.HasStarted) context.Response.ContentType = "application/x-ndjson";
        await JsonSerializer.SerializeAsync(context.Response.Body, line, Json, cancellation);
        await context.Response.Body.WriteAsync(NewLine, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
