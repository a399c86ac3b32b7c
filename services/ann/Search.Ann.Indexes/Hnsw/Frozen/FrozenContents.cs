using Search.Ann.Indexes.Storage.Frozen;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>The parts of a frozen index, but for its code.</summary>
internal sealed record FrozenContents(FrozenGraph Graph, FrozenSlots Slots);
