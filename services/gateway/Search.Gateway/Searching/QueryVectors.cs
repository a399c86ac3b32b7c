using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Gateway.Searching;

/// <summary>Turns whatever was asked with into a vector of one model.</summary>
internal sealed class QueryVectors(IQueryBus bus, QueryImages images, ActiveModelCache models)
{
    internal Task<QueryVector> OfAsync(QuerySource source, Deadline deadline, CancellationToken cancellation) => source switch
    {
        ImageSource image => OfImageAsync(image, deadline, cancellation),
        ItemSource item => OfItemAsync(item, deadline, cancellation),
        VectorSource vector => OfVectorAsync(vector, deadline, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Not a source of queries."),
    };

    private async Task<QueryVector> OfImageAsync(ImageSource source, Deadline deadline, CancellationToken cancellation)
    {
        var embedding = await images.EmbedAsync(source.Bytes, deadline, cancellation);
        return new QueryVector(embedding.Model, embedding.Vector, DecodeMs: embedding.DecodeMs, EmbedMs: embedding.EmbedMs);
    }

    private async Task<QueryVector> OfItemAsync(ItemSource source, Deadline deadline, CancellationToken cancellation)
    {
        var active = await models.GetAsync(deadline, cancellation);
        var visible = IsVisibleAsync(source, deadline, cancellation);
        var vectors = bus.AskAsync<GetItemVectors, ItemVectors>(
            new GetItemVectors { Model = active.Model, ItemId = source.ItemId }, deadline.Remaining, cancellation);
        await Task.WhenAll(visible, vectors);
        return await visible && (await vectors).Images is [var first, ..]
            ? new QueryVector(active.Model, first.Vector, source.ItemId)
            : throw new ServiceProblemException(ServiceProblem.NotFound(
                "Unknown item", $"There is no item '{source.ItemId}', or none of its pictures is indexed yet."));
    }

    /// <summary>The collection knows nothing of visibility, so the catalogue is asked, at the same time.</summary>
    private async Task<bool> IsVisibleAsync(ItemSource source, Deadline deadline, CancellationToken cancellation)
    {
        if (source.MaySeeAll)
            return true;
        try
        {
            var item = await bus.AskAsync<GetItem, ItemDocument>(new GetItem { ItemId = source.ItemId }, deadline.Remaining, cancellation);
            return item.Visibility == ItemVisibility.Public;
        }
        catch (ServiceProblemException e) when (e.Problem.Status == StatusCodes.Status404NotFound)
        {
            return false;
        }
    }

    private async Task<QueryVector> OfVectorAsync(VectorSource source, Deadline deadline, CancellationToken cancellation)
    {
        var active = await models.GetAsync(deadline, cancellation);
        return source.Vector.Length == active.Dimension
            ? new QueryVector(active.Model, source.Vector)
            : throw new ServiceProblemException(ServiceProblem.InvalidRequest(
                "Wrong dimension", $"The vector has {source.Vector.Length} components; model {active.Model} has {active.Dimension}."));
    }
}
