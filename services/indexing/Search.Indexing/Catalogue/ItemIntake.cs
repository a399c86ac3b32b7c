using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Catalogue;

internal enum IntakeOutcome
{
    Accepted,

    /// <summary>The catalogue holds exactly this already: no new work, no new revision.</summary>
    Unchanged,
}

/// <summary>Puts an item as a caller describes it into the catalogue. Runs inside a write.</summary>
internal static class ItemIntake
{
    /// <param name="pictures">All pictures of the item in order, or null to leave them as they are.</param>
    /// <exception cref="ServiceProblemException">400: a new item without pictures.</exception>
    internal static (IntakeOutcome Outcome, ImageState State) Put(CatalogueSession session, string id, ItemMetadata metadata, IReadOnlyList<Picture>? pictures)
    {
        if (session.Items.Find(id) is not { } item)
        {
            Add(session, id, metadata, pictures);
            return (IntakeOutcome.Accepted, ImageState.Accepted);
        }
        var existing = session.Images.Of(id);
        var differs = Different(existing, pictures);
        if (differs.Count == 0 && item.Metadata == metadata)
            return (IntakeOutcome.Unchanged, item.State);

        var revision = session.NextRevision();
        session.Items.UpdateMetadata(id, metadata);
        session.Items.Touch(id, revision);
        if (differs.Count > 0)
            Replace(session, id, revision, existing, pictures!, differs);
        Announcement.ItemEdited(session, item, revision);
        return (IntakeOutcome.Accepted, session.Items.Find(id)!.State);
    }

    private static void Add(CatalogueSession session, string id, ItemMetadata metadata, IReadOnlyList<Picture>? pictures)
    {
        if (pictures is not { Count: > 0 })
        {
            throw new ServiceProblemException(ServiceProblem.InvalidRequest(
                "No picture", $"'{id}' is a new item: send at least one picture with it."));
        }
        var revision = session.NextRevision();
        session.Items.Insert(id, revision, metadata);
        session.Removals.Forget(id);
        for (var number = 0; number < pictures.Count; number++)
            session.Images.Put(id, number, revision, pictures[number], session.TraceParent);
        foreach (var picture in pictures)
            session.Content.ForgetLoose(picture.ContentHash);
    }

    /// <summary>Numbers whose picture is new, another, gone, or to be tried again.</summary>
    private static List<int> Different(List<ItemImage> existing, IReadOnlyList<Picture>? pictures)
    {
        if (pictures is null)
            return [];
        var before = existing.ToDictionary(image => image.Number, image => image.LostItsBytes ? null : image.ContentHash);
        var numbers = Enumerable.Range(0, pictures.Count).Union(before.Keys);
        return [.. numbers.Where(n => n >= pictures.Count || before.GetValueOrDefault(n) != pictures[n].ContentHash)];
    }

    private static void Replace(
        CatalogueSession session, string id, long revision, List<ItemImage> existing, IReadOnlyList<Picture> pictures, List<int> differs)
    {
        // A replaced picture stays findable until its successor's vector takes its place; a failed successor removes it (PictureProgress).
        var gone = differs.Where(n => n >= pictures.Count).ToArray();
        foreach (var number in gone)
            session.Images.Remove(id, number);
        foreach (var number in differs.Where(n => n < pictures.Count))
            session.Images.Put(id, number, revision, pictures[number], session.TraceParent);
        foreach (var hash in existing.Where(image => differs.Contains(image.Number)).Select(image => image.ContentHash))
            session.Content.Release(hash);
        foreach (var picture in pictures)
            session.Content.ForgetLoose(picture.ContentHash);
        if (gone.Length > 0)
            Announcement.ImagesRemoved(session, id, revision, gone);
        session.Items.Refresh(id);
    }
}
