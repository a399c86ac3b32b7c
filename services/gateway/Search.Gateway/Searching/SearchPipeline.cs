using System.Diagnostics;
using Microsoft.Extensions.Options;
using Search.Gateway.Limits;

namespace Search.Gateway.Searching;

/// <summary>One search from query to answer: vector, neighbours, re-ranking, all within one deadline. It composes and decides nothing.</summary>
internal sealed class SearchPipeline(
    QueryVectors vectors, CandidateSearch candidates, SearchAdmission admission, TimeProvider time, IOptions<GatewayOptions> options, ILogger<SearchPipeline> logger)
{
    /// <exception cref="Contracts.ServiceProblemException">A service's own problem, or 503 past the deadline.</exception>
    internal async Task<SearchAnswer> RunAsync(SearchQuery query, CancellationToken cancellation)
    {
        var deadline = new Deadline(time, options.Value.SearchDeadline);
        var queryId = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        Activity.Current?.SetTag("search.query_id", queryId).SetTag("search.kind", query.Source.Kind).SetTag("search.k", query.K);

        using var turn = await admission.EnterAsync(deadline, cancellation);
        var entered = deadline.Elapsed;
        var vector = await vectors.OfAsync(query.Source, deadline, cancellation);
        var embedded = deadline.Elapsed;
        var found = await candidates.FindAsync(query, vector, deadline, cancellation);

        var total = deadline.Elapsed;
        SearchMetrics.Record(query.Source.Kind, embedded - entered, found, total);
        SearchLog.Searched(logger, queryId, query.Source.Kind, found.Results.Length, query.K, total.TotalMilliseconds, found.Candidates);
        return new SearchAnswer
        {
            QueryId = queryId,
            Model = vector.Model.Value,
            Results = [.. found.Results.Select(r => SearchAnswers.Result(r, query.Explain))],
            Timings = new SearchTimings
            {
                DecodeMs = Milliseconds(vector.DecodeMs),
                EmbedMs = Milliseconds(vector.EmbedMs),
                SearchMs = Milliseconds(found.Searching.TotalMilliseconds),
                RerankMs = Milliseconds(found.Reranking.TotalMilliseconds),
                TotalMs = Milliseconds(total.TotalMilliseconds),
            },
        };
    }

    /// <summary>To the microsecond: more digits would only pretend.</summary>
    private static double Milliseconds(double value) => Math.Round(value, 3);
}
