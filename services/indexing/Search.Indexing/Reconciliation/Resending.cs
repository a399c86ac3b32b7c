using Search.Indexing.Storage;

namespace Search.Indexing.Reconciliation;

/// <summary>Puts pictures back to the start of their way. What exists already (embedding, vector) is found again there, not made again.</summary>
internal static class Resending
{
    /// <summary>Pictures a write, so that no caller waits long behind one.</summary>
    internal const int Batch = 500;

    /// <summary>Pictures on their way of which nothing was heard since before <paramref name="before"/>.</summary>
    /// <returns>How many; fewer than <see cref="Batch"/> when there are no more.</returns>
    internal static int Overdue(CatalogueSession session, long before)
    {
        var overdue = session.Images.Overdue(before, Batch);
        Resend(session, overdue);
        return overdue.Count;
    }

    internal static void Resend(CatalogueSession session, List<(string ItemId, int Number)> images)
    {
        foreach (var (itemId, number) in images)
            session.Images.Resend(itemId, number);
        foreach (var itemId in images.Select(image => image.ItemId).Distinct())
            session.Items.Refresh(itemId);
    }
}
