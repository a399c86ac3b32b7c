namespace Search.Indexing.Catalogue;

/// <summary>Bytes that lie in the blob store, ready to become a picture of an item.</summary>
internal sealed record Picture(string ContentHash, string ContentType);
