using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;

namespace Search.Ann.Indexes.Tests;

public sealed class IndexCatalogueTests
{
    [Fact]
    public void Catalogue_WithTwoKindsOfOneName_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new IndexCatalogue(new ExactIndexFactory(), new HnswIndexFactory(), new ExactIndexFactory()));
        Assert.Contains("'exact'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalogue_AskedForAnUnknownName_NamesThoseThereAre()
    {
        var catalogue = new IndexCatalogue(new ExactIndexFactory(), new HnswIndexFactory());
        Assert.Equal(["exact", "hnsw"], catalogue.Names);
        Assert.Equal("hnsw", catalogue["hnsw"].Name);
        Assert.Contains("exact, hnsw", Assert.Throws<ArgumentException>(() => catalogue["HNSW"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shape_OutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexShape(VectorMetric.Cosine, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexShape(VectorMetric.Cosine, IndexShape.MaxDimension + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndexShape((VectorMetric)9, 8));
    }
}
