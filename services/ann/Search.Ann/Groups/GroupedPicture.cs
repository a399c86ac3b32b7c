namespace Search.Ann.Groups;

/// <summary>A picture in the index, with what the catalogue says of its item.</summary>
/// <param name="Item">Index of its item.</param>
/// <param name="Number">Which of the item's pictures.</param>
/// <param name="ContentHash">Of its bytes.</param>
internal sealed record GroupedPicture(int Item, int Number, string ContentHash, float[] Vector);

/// <param name="Pictures">Indices of its pictures, one at least.</param>
internal sealed record GroupedItem(string Id, string Title, string Category, IReadOnlyList<int> Pictures);
