using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Api;

internal static class VisibleItems
{
    /// <exception cref="ServiceProblemException">404: no such item, or none that this caller may know of. Both look alike.</exception>
    internal static Item Require(CatalogueSession session, string id, HttpRequest request) =>
        session.Items.Find(id) is { } item && (item.Metadata.Visibility == ItemVisibility.Public || CallerScopes.MaySeeAll(request))
            ? item
            : throw new ServiceProblemException(CatalogueProblems.UnknownItem(id));
}
