using System.Diagnostics.Metrics;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Hosting.Telemetry;
using Search.Rerank.Catalogue;
using Search.Rerank.Rules;

namespace Search.Rerank;

/// <summary>Looks candidates up in the catalogue, runs the chain, cuts to K.</summary>
internal sealed class RerankHandler(ItemCatalogue catalogue, CatalogueSync sync, RerankChain chain) : IQueryHandler<RerankCandidates, RerankedResults>
{
    private static readonly Counter<long> DroppedCandidates =
        SearchTelemetry.Meter.CreateCounter<long>("search.rerank.dropped", description: "Candidates that a rule dropped or folded.");

    public async Task<RerankedResults> HandleAsync(RerankCandidates request, CancellationToken cancellation)
    {
        if (request.K < 1)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("k out of range", "At least one result must be asked for."));

        var candidates = LookUp(request, out var unknown);
        if (unknown)
        {
            // The collection can be ahead of this read model by a moment; a result must not be missing for that.
            await sync.CatchUpAsync(cancellation);
            candidates = LookUp(request, out _);
        }

        var ranking = new Ranking(request, candidates);
        chain.Run(ranking);
        foreach (var (rule, count) in ranking.Dropped)
            DroppedCandidates.Add(count, new KeyValuePair<string, object?>("rule", rule));
        return new RerankedResults
        {
            Results = [.. ranking.Candidates.Take(request.K).Select(c => new RankedItem
            {
                Item = c.Item,
                ImageNumber = c.Image.Number,
                Score = c.Score,
                Duplicates = [.. c.Folded],
                Explain = [.. c.Traces],
            })],
            Dropped = ranking.Dropped,
        };
    }

    /// <summary>Candidates of items that the catalogue no longer has are on their way out of the collection, too, and left out.</summary>
    private List<Candidate> LookUp(RerankCandidates request, out bool unknown)
    {
        var candidates = new List<Candidate>(request.Candidates.Length);
        unknown = false;
        foreach (var neighbour in request.Candidates)
        {
            var (itemId, number) = ImageKey.Parse(neighbour.ImageKey);
            if (catalogue.Find(itemId) is { } item && item.Images.FirstOrDefault(i => i.Number == number) is { } image)
                candidates.Add(new Candidate(item, image, neighbour.Score));
            else
                unknown |= !catalogue.WasRemoved(itemId);
        }
        candidates.Sort(BestFirst);
        return candidates;
    }

    private static int BestFirst(Candidate a, Candidate b)
    {
        var byScore = b.Score.CompareTo(a.Score);
        if (byScore != 0)
            return byScore;
        var byItem = string.CompareOrdinal(a.Item.Id, b.Item.Id);
        return byItem != 0 ? byItem : a.Image.Number.CompareTo(b.Image.Number);
    }
}
