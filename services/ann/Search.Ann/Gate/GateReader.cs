using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Search.Ann.Collections;
using Search.Contracts;
using Search.Contracts.Catalogue;

namespace Search.Ann.Gate;

/// <summary>
/// Puts together what a gate asks: the catalogue's items with their vectors under both models. A large catalogue is sampled by a hash of the ids, so that a second look sees the same items.
/// </summary>
internal sealed class GateReader(CollectionRegistry registry, CatalogueDocuments documents, IOptions<GateOptions> options)
{
    public async Task<GateCatalogue> ReadAsync(EmbeddingModelId candidate, EmbeddingModelId production, CancellationToken cancellation)
    {
        if (await registry.FindAsync(production, cancellation) is not { } its) return new GateCatalogue([]);
        var mine = await registry.FindAsync(candidate, cancellation);
        // A collection has at least as many pictures as items, so about as many items as wanted are kept, or fewer; what is more is cut off below.
        var share = Math.Min(1, (double)options.Value.MaxItems / Math.Max(1, its.Count));
        var kept = await documents.ReadAsync(id => share >= 1 || Place(id) <= share * ulong.MaxValue, cancellation);
        string[] chosen = [.. kept.Keys.OrderBy(Place).ThenBy(id => id, StringComparer.Ordinal).Take(options.Value.MaxItems)];
        var asked = chosen.Take(options.Value.MaxQueries).ToHashSet(StringComparer.Ordinal);
        var items = new List<GateItem>(chosen.Length);
        foreach (var document in chosen.Select(id => kept[id]).OrderBy(document => document.Id, StringComparer.Ordinal))
        {
            if (await PicturesAsync(document, its, mine, cancellation) is { Count: > 0 } pictures)
                items.Add(new GateItem(document.Id, document.Category, asked.Contains(document.Id), pictures));
        }
        return new GateCatalogue(items);
    }

    /// <summary>Where an id lies among all ids, as if drawn at random, and always at the same place.</summary>
    private static ulong Place(string id) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static async Task<List<GatePicture>> PicturesAsync(ItemDocument document, IVectorCollection its, IVectorCollection? mine, CancellationToken cancellation)
    {
        var vectors = mine is null ? [] : await mine.GetItemAsync(mine.Model, document.Id, cancellation);
        var pictures = new List<GatePicture>();
        foreach (var entry in await its.GetItemAsync(its.Model, document.Id, cancellation))
        {
            // Removed meanwhile; or the same file once more, which any model finds.
            if (document.Images.FirstOrDefault(image => image.Number == ImageKey.Parse(entry.Key).Number) is not { } image) continue;
            if (pictures.Exists(picture => picture.ContentHash == image.ContentHash)) continue;
            pictures.Add(new GatePicture(image.Number, image.ContentHash, entry.Vector, vectors.FirstOrDefault(vector => vector.Key == entry.Key)?.Vector));
        }
        return pictures;
    }
}
