using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>All that an HNSW index is made of and that a file keeps.</summary>
/// <param name="Free">Slots below <see cref="HnswGraph.SlotCount"/> without a node; the next one used on top.</param>
internal sealed record HnswContents(HnswGraph Graph, VectorRows Vectors, NodeMembers Members, Stack<int> Free)
{
    public static HnswContents Empty(int dimension, int m) => new(new HnswGraph(m), new VectorRows(dimension), new NodeMembers(), []);
}
