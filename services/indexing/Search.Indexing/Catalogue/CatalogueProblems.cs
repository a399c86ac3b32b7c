using Search.Contracts;

namespace Search.Indexing.Catalogue;

internal static class CatalogueProblems
{
    internal static ServiceProblem UnknownItem(string id) => ServiceProblem.NotFound("Unknown item", $"There is no item '{id}'.");
}
