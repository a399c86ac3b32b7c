using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tree.Frozen;

namespace Search.Ann.Indexes.Tests.Filters;

public sealed class ExactFilterTests : FilterContract
{
    protected override IMutableVectorIndex Create(IndexShape shape) => new ExactIndexFactory().Create(shape);
}

public sealed class HnswFilterTests : FilterContract
{
    protected override IMutableVectorIndex Create(IndexShape shape) => new HnswIndexFactory().Create(shape);
}

public sealed class FrozenHnswFilterTests : FilterContract
{
    protected override IMutableVectorIndex Create(IndexShape shape) => new HnswIndexFactory().Create(shape);

    protected override IVectorIndex Served(IMutableVectorIndex filled)
    {
        using (filled)
            return HnswFreezer.Freeze(filled);
    }
}

public sealed class ForestFilterTests : FilterContract
{
    protected override IMutableVectorIndex Create(IndexShape shape) => new ForestIndexFactory().Create(shape);
}

public sealed class FrozenForestFilterTests : FilterContract
{
    protected override IMutableVectorIndex Create(IndexShape shape) => new ForestIndexFactory().Create(shape);

    protected override IVectorIndex Served(IMutableVectorIndex filled)
    {
        using (filled)
            return ForestFreezer.Freeze(filled);
    }
}

public sealed class LshFilterTests : FilterContract
{
    protected override IMutableVectorIndex Create(IndexShape shape) => new LshIndexFactory().Create(shape);
}
