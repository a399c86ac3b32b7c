using Microsoft.Extensions.Options;
using Search.Ann.Collections;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Groups;

/// <summary>
/// Puts together what a look at the whole catalogue needs: vectors of the active model from here, items and verdicts from the indexing service. The vectors are the larger part by far, and the
/// index that finds neighbours is here; so the facts come to the vectors.
/// </summary>
internal sealed class CatalogueReader(CollectionRegistry registry, CatalogueDocuments catalogue, IQueryBus bus, IOptions<AnnOptions> options)
{
    private const int PairsAPage = 5_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <param name="category">Only items of this category, whatever its case; null for all.</param>
    /// <exception cref="ServiceProblemException">422: more pictures than may be grouped; 503: a service does not answer.</exception>
    public async Task<CatalogueVectors> ReadAsync(string? category, CancellationToken cancellation)
    {
        var active = await bus.AskAsync<GetActiveModel, ActiveModel>(new GetActiveModel(), Deadline, cancellation);
        var collection = await registry.FindAsync(active.Model, cancellation);
        if (collection is null) return new CatalogueVectors(active.Model, null, [], [], []);
        if (collection.Count > options.Value.MaxGroupedPictures)
        {
            throw new ServiceProblemException(new ServiceProblem(
                422, "too-many-pictures", "Too many pictures to group", $"The collection has {collection.Count:N0} pictures; Ann:MaxGroupedPictures allows {options.Value.MaxGroupedPictures:N0}."));
        }
        var documents = await catalogue.ReadAsync(_ => true, cancellation);
        var entries = new SortedDictionary<string, List<(ImageDocument Image, float[] Vector)>>(StringComparer.Ordinal);
        await foreach (var entry in collection.ReadAllAsync(active.Model, cancellation))
        {
            var (itemId, number) = ImageKey.Parse(entry.Key);
            // Removed meanwhile, or on its way out.
            if (!documents.TryGetValue(itemId, out var document) || document.Images.FirstOrDefault(image => image.Number == number) is not { } image) continue;
            if (category is not null && !string.Equals(document.Category, category, StringComparison.OrdinalIgnoreCase)) continue;
            if (!entries.TryGetValue(itemId, out var own)) entries.Add(itemId, own = []);
            own.Add((image, entry.Vector));
        }
        return await ComposeAsync(active.Model, collection, documents, entries, cancellation);
    }

    private async Task<CatalogueVectors> ComposeAsync(
        EmbeddingModelId model, IVectorCollection collection, Dictionary<string, ItemDocument> documents,
        SortedDictionary<string, List<(ImageDocument Image, float[] Vector)>> entries, CancellationToken cancellation)
    {
        var items = new List<GroupedItem>(entries.Count);
        var pictures = new List<GroupedPicture>();
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, own) in entries)
        {
            var document = documents[id];
            byId.Add(id, items.Count);
            foreach (var (image, vector) in own.OrderBy(entry => entry.Image.Number))
                pictures.Add(new GroupedPicture(items.Count, image.Number, image.ContentHash, vector));
            items.Add(new GroupedItem(id, document.Title, document.Category, [.. Enumerable.Range(pictures.Count - own.Count, own.Count)]));
        }
        var apart = new List<(int, int)>();
        DistinctPair? last = null;
        while (true)
        {
            var page = (await bus.AskAsync<ListDistinctItems, DistinctItems>(new ListDistinctItems { After = last, Limit = PairsAPage }, Deadline, cancellation)).Pairs;
            foreach (var (first, second) in page)
            {
                if (byId.TryGetValue(first, out var a) && byId.TryGetValue(second, out var b)) apart.Add((a, b));
            }
            if (page.Length < PairsAPage) return new CatalogueVectors(model, collection, items, pictures, apart);
            last = page[^1];
        }
    }
}
