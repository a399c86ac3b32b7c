using Search.Contracts.Catalogue;

namespace Search.Indexing.Catalogue;

/// <summary>An item as it is kept.</summary>
/// <param name="Revision">Of the document: changes whenever a reader must see it anew.</param>
/// <param name="State">As far as the least advanced picture; failed if any failed.</param>
/// <param name="IndexedImages">How many pictures searches can find.</param>
/// <param name="Announced">Readers know the item, so they must hear of every change.</param>
internal sealed record Item(string Id, long Revision, ItemMetadata Metadata, ImageState State, int IndexedImages, bool Announced);
