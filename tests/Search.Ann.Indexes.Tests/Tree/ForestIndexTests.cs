using Search.Ann.Indexes.Tree;

namespace Search.Ann.Indexes.Tests.Tree;

public sealed class ForestIndexTests : VectorIndexContract
{
    protected override IVectorIndexFactory Factory { get; } = new ForestIndexFactory();
}
