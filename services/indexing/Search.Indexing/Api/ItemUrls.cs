namespace Search.Indexing.Api;

/// <summary>Where things are, relative to the gateway. Item ids need no escaping (<see cref="Contracts.ItemId"/>).</summary>
internal static class ItemUrls
{
    internal static string Item(string id) => $"/v1/items/{id}";

    internal static string Image(string id, int number) => $"/v1/items/{id}/image?n={number}";
}
