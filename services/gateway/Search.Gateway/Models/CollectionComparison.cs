using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Gateway.Models;

/// <summary>
/// Asks two models' collections with the same pictures of the catalogue and counts what both answer. It says how much a switch changes, not which is better: that is for the evaluation to say.
/// </summary>
internal sealed class CollectionComparison(IQueryBus bus)
{
    /// <summary>So few at a time that searches don't feel them.</summary>
    private const int AtATime = 2;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly record struct Pair(double Overlap, bool SameFirst);

    /// <param name="k">From 1.</param>
    /// <param name="sample">Items drawn; the same seed draws the same ones.</param>
    internal async Task<ComparisonAnswer> RunAsync(EmbeddingModelId model, int k, int sample, int seed, CancellationToken cancellation)
    {
        var active = (await bus.AskAsync<GetActiveModel, ActiveModel>(new GetActiveModel(), Deadline, cancellation)).Model;
        var drawn = (await bus.AskAsync<SampleItems, ItemSample>(new SampleItems { Count = sample, Seed = seed }, Deadline, cancellation)).ItemIds;
        var pairs = new Pair?[drawn.Length];
        await Parallel.ForAsync(0, drawn.Length, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation }, async (i, stop) =>
            pairs[i] = await CompareAsync(active, model, drawn[i], k, stop));
        var compared = pairs.OfType<Pair>().ToArray();
        var (mean, margin) = Estimate(compared);
        return new ComparisonAnswer(
            model.Value, active.Value, k, compared.Length, drawn.Length - compared.Length,
            mean,
            mean is null ? null : Math.Max(0, mean.Value - margin),
            mean is null ? null : Math.Min(1, mean.Value + margin),
            compared.Length == 0 ? null : Rounded(compared.Average(pair => pair.SameFirst ? 1.0 : 0.0)));
    }

    /// <returns>Null when no picture of the item is in both collections, or nothing else is in either.</returns>
    private async Task<Pair?> CompareAsync(EmbeddingModelId first, EmbeddingModelId second, string itemId, int k, CancellationToken cancellation)
    {
        var ofFirst = await VectorsAsync(first, itemId, cancellation);
        var ofSecond = (await VectorsAsync(second, itemId, cancellation)).ToDictionary(image => image.ImageNumber);
        if (ofFirst.FirstOrDefault(image => ofSecond.ContainsKey(image.ImageNumber)) is not { } picture)
            return null;
        var own = ImageKey.Create(itemId, picture.ImageNumber);
        var a = await NearestAsync(first, picture.Vector, own, k, cancellation);
        var b = await NearestAsync(second, ofSecond[picture.ImageNumber].Vector, own, k, cancellation);
        var longer = Math.Max(a.Length, b.Length);
        return longer == 0 ? null : new Pair((double)a.Intersect(b).Count() / longer, a.FirstOrDefault() == b.FirstOrDefault());
    }

    private async Task<ImageVector[]> VectorsAsync(EmbeddingModelId model, string itemId, CancellationToken cancellation) =>
        (await bus.AskAsync<GetItemVectors, ItemVectors>(new GetItemVectors { Model = model, ItemId = itemId }, Deadline, cancellation)).Images;

    private async Task<string[]> NearestAsync(EmbeddingModelId model, float[] vector, string own, int k, CancellationToken cancellation)
    {
        var found = await bus.AskAsync<SearchNeighbours, NeighboursFound>(new SearchNeighbours { Model = model, Vector = vector, K = k + 1 }, Deadline, cancellation);
        return [.. found.Neighbours.Select(neighbour => neighbour.ImageKey).Where(key => key != own).Take(k)];
    }

    /// <summary>Mean and half of its 95 % interval, by the normal approximation.</summary>
    private static (double? Mean, double Margin) Estimate(Pair[] pairs)
    {
        if (pairs.Length == 0)
            return (null, 0);
        var mean = pairs.Average(pair => pair.Overlap);
        var variance = pairs.Length == 1 ? 0 : pairs.Sum(pair => Math.Pow(pair.Overlap - mean, 2)) / (pairs.Length - 1);
        return (Rounded(mean), Rounded(1.96 * Math.Sqrt(variance / pairs.Length)));
    }

    private static double Rounded(double value) => Math.Round(value, 4);
}
