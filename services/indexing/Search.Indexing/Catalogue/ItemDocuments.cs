using Search.Contracts.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Catalogue;

/// <summary>Composes the document that readers get.</summary>
internal static class ItemDocuments
{
    internal static ItemDocument? Find(CatalogueSession session, string itemId) =>
        session.Items.Find(itemId) is { } item ? Compose(session, item) : null;

    internal static ItemDocument Compose(CatalogueSession session, Item item) => new()
    {
        Id = item.Id,
        Revision = item.Revision,
        Title = item.Metadata.Title,
        Category = item.Metadata.Category,
        Attributes = AttributeText.Read(item.Metadata.Attributes),
        Price = item.Metadata.Price,
        Visibility = item.Metadata.Visibility,
        Images = session.Images.Of(item.Id).ConvertAll(image => new ImageDocument
        {
            Number = image.Number,
            ContentHash = image.ContentHash,
            PerceptualHash = image.PerceptualHash,
            State = image.State,
            FailureReason = image.Failure,
            Revision = image.Revision,
        }),
    };
}
