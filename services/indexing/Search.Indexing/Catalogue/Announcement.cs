using Search.Contracts.Messages;
using Search.Indexing.Storage;

namespace Search.Indexing.Catalogue;

/// <summary>Tells readers of changed documents, once for changes that come together.</summary>
internal static class Announcement
{
    /// <summary>While more pictures of an item are on their way, its document waits this long for them; milliseconds.</summary>
    internal const long GatherMs = 500;

    /// <summary>A caller changed the item: readers that know it hear at once, since it may be hidden now.</summary>
    /// <param name="item">As it was before.</param>
    internal static void ItemEdited(CatalogueSession session, Item item, long revision)
    {
        if (item.Announced)
            session.Outbox.AddItemChanged(item.Id, revision, session.Now, session.TraceParent);
    }

    /// <summary>
    /// A picture has advanced. Readers need an item from its first indexed picture on, and then each change of it; a picture that has only
    /// been embedded is nothing to them.
    /// </summary>
    internal static void PictureAdvanced(CatalogueSession session, string itemId)
    {
        if (!session.Items.Refresh(itemId))
            return;
        var revision = session.NextRevision();
        session.Items.TouchAnnounced(itemId, revision);
        var due = session.Images.HasUnsettled(itemId) ? session.Now + GatherMs : session.Now;
        session.Outbox.AddItemChanged(itemId, revision, due, session.TraceParent);
    }

    internal static void ItemRemoved(CatalogueSession session, Item item, IReadOnlyList<ItemImage> images)
    {
        var revision = session.NextRevision();
        session.Outbox.ForgetItemChanged(item.Id);
        session.Outbox.Add(
            new ImagesRemoved { ItemId = item.Id, Revision = revision, ImageNumbers = [.. images.Select(i => i.Number)] }, session.Now, session.TraceParent);
        session.Outbox.Add(new ItemRemoved { ItemId = item.Id, Revision = revision }, session.Now, session.TraceParent);
        session.Removals.Put(item.Id, revision);
    }

    /// <summary>Takes pictures out of the collections, up to a revision of theirs.</summary>
    internal static void ImagesRemoved(CatalogueSession session, string itemId, long revision, params int[] numbers) =>
        session.Outbox.Add(new ImagesRemoved { ItemId = itemId, Revision = revision, ImageNumbers = numbers }, session.Now, session.TraceParent);
}
