using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Progress;

/// <summary>
/// Moves a picture along as the other services report. Events come more than once and in any order, so each rule depends only on what
/// the picture is now. A picture's own state is that under the active model, which searches use; what other models have of it is kept beside it. Runs inside a write.
/// </summary>
internal static class PictureProgress
{
    internal static void Embedded(CatalogueSession session, ImageEmbedded message)
    {
        if (FindOrDiscard(session, message.ItemId, message.ImageNumber, message.Revision) is not { } image)
            return;
        if (!session.ServedModels.IsActive(message.Model.Value))
        {
            // The hash is the picture's own. The model may become the active one before this picture is indexed under it.
            if (image.PerceptualHash is not null)
                return;
            session.Images.SetPerceptualHash(image, message.PerceptualHash);
            if (image.State == ImageState.Indexed)
                Announcement.PictureAdvanced(session, message.ItemId);
            return;
        }
        // Success outweighs an earlier failure of the same bytes; an indexed picture is further already.
        var state = image.State == ImageState.Indexed ? ImageState.Indexed : ImageState.Embedded;
        if (state == image.State && image.PerceptualHash == message.PerceptualHash)
            return;
        var hashIsNews = image.State == ImageState.Indexed && image.PerceptualHash != message.PerceptualHash;
        session.Images.SetEmbedded(image, message.PerceptualHash, state, session.Now);
        if (hashIsNews || image.State == ImageState.Failed)
            Announcement.PictureAdvanced(session, message.ItemId);
        else
            session.Items.Refresh(message.ItemId);
    }

    internal static void Indexed(CatalogueSession session, ImageIndexed message)
    {
        if (FindOrDiscard(session, message.ItemId, message.ImageNumber, message.Revision) is not { } image)
            return;
        // One that comes late may be of a collection that is gone; should its model serve again, the picture is sent again.
        if (!session.ServedModels.MayBeServed(message.Model.Value))
            return;
        session.ImageModels.SetIndexed(image, message.Model.Value, session.Now);
        if (image.State == ImageState.Indexed || !session.ServedModels.IsActive(message.Model.Value))
            return;
        session.Images.SetIndexed(image, session.Now);
        Announcement.PictureAdvanced(session, message.ItemId);
    }

    internal static void Failed(CatalogueSession session, ImageEmbeddingFailed message)
    {
        var image = session.Images.Find(message.ItemId, message.ImageNumber);
        if (image is null || image.Revision != message.Revision)
            return;
        if (message.Model is { } model && !session.ServedModels.IsActive(model.Value))
        {
            FailedUnderOther(session, image, model.Value);
            return;
        }
        // Only a picture that is being waited for can fail: a failure that comes after a success is an old one.
        if (image.State != ImageState.Accepted)
            return;
        session.ImageModels.Forget(image);
        session.Images.SetFailed(image, message.Type, message.Reason, session.Now);
        // The vector of the picture that these bytes replaced, if there was one, no longer stands for anything.
        Announcement.ImagesRemoved(session, message.ItemId, message.Revision, message.ImageNumber);
        Announcement.PictureAdvanced(session, message.ItemId);
    }

    /// <summary>Searches do not see it. What that model still has of the picture that was replaced goes all the same, and nothing of this one under the other models.</summary>
    private static void FailedUnderOther(CatalogueSession session, ItemImage image, string model)
    {
        if (!session.ServedModels.MayBeServed(model) || session.ImageModels.Find(image.ItemId, image.Number, model) is ImageState.Indexed or ImageState.Failed)
            return;
        session.ImageModels.SetFailed(image, model, session.Now);
        Announcement.ImagesRemoved(session, image.ItemId, image.Revision - 1, image.Number);
    }

    /// <summary>
    /// The picture that the event is about; null when it has been deleted or replaced: what was made from it is then taken out again,
    /// up to its own revision, which leaves its successor alone.
    /// </summary>
    private static ItemImage? FindOrDiscard(CatalogueSession session, string itemId, int number, long revision)
    {
        var image = session.Images.Find(itemId, number);
        if (image?.Revision == revision)
            return image;
        Announcement.ImagesRemoved(session, itemId, revision, number);
        return null;
    }
}
