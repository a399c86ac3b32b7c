using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;

namespace Search.Trainer.HardNegatives;

/// <summary>The indexes a recipe may name.</summary>
internal static class MiningIndexes
{
    public static IndexCatalogue Catalogue { get; } = new(new ExactIndexFactory(), new ForestIndexFactory(), new LshIndexFactory(), new HnswIndexFactory());
}
