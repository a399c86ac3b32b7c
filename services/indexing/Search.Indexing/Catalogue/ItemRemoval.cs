using Search.Indexing.Storage;

namespace Search.Indexing.Catalogue;

/// <summary>Takes an item out of the catalogue and, by its events, out of everything made from it. Runs inside a write.</summary>
internal static class ItemRemoval
{
    /// <returns>False when there is no such item.</returns>
    internal static bool Delete(CatalogueSession session, string id)
    {
        if (session.Items.Find(id) is not { } item)
            return false;
        var images = session.Images.Of(id);
        session.Items.Delete(id);
        foreach (var image in images)
            session.Content.Release(image.ContentHash);
        Announcement.ItemRemoved(session, item, images);
        return true;
    }
}
