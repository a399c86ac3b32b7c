using System.Diagnostics;
using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Gateway.Searching;

/// <summary>
/// Neighbours and re-ranking together. The index knows no filters and the rules fold duplicates, so how many neighbours make k results is known
/// only afterwards: it asks for some more than k, and for four times as many as long as too few are left.
/// </summary>
internal sealed class CandidateSearch(IQueryBus bus, TimeProvider time, IOptions<GatewayOptions> options)
{
    /// <summary>Enough that an unfiltered search needs one round.</summary>
    private const int FirstCandidates = 50;
    private const int Deepening = 4;

    internal async Task<Found> FindAsync(SearchQuery query, QueryVector vector, Deadline deadline, CancellationToken cancellation)
    {
        var most = Math.Max(options.Value.MaxCandidates, query.K);
        var wanted = Math.Min(Math.Max(FirstCandidates, Deepening * query.K), most);
        var (searching, reranking) = (TimeSpan.Zero, TimeSpan.Zero);
        while (true)
        {
            var start = time.GetTimestamp();
            var neighbours = await bus.AskAsync<SearchNeighbours, NeighboursFound>(
                new SearchNeighbours { Model = vector.Model, Vector = vector.Vector, K = wanted }, deadline.Remaining, cancellation);
            searching += time.GetElapsedTime(start);

            start = time.GetTimestamp();
            var ranked = await bus.AskAsync<RerankCandidates, RerankedResults>(
                RequestFor(query, vector, neighbours), deadline.Remaining, cancellation);
            reranking += time.GetElapsedTime(start);

            if (ranked.Results.Length >= query.K || neighbours.Exhausted || wanted == most)
                return new Found(ranked.Results, neighbours.Neighbours.Length, searching, reranking);
            wanted = (int)Math.Min((long)wanted * Deepening, most);
            Activity.Current?.AddEvent(new ActivityEvent("deepened", tags: new() { ["search.candidates"] = wanted }));
        }
    }

    private static RerankCandidates RequestFor(SearchQuery query, QueryVector vector, NeighboursFound neighbours) => new()
    {
        Candidates = neighbours.Neighbours,
        K = query.K,
        Filter = query.Filter,
        Collapse = query.Collapse,
        Explain = query.Explain,
        QueryItemId = vector.ItemId,
    };
}

/// <param name="Results">At most k, best first.</param>
/// <param name="Candidates">How many neighbours the last round looked at.</param>
internal sealed record Found(RankedItem[] Results, int Candidates, TimeSpan Searching, TimeSpan Reranking);
