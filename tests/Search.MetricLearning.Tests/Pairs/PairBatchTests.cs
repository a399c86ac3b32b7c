using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Pairs;

public sealed class PairBatchTests
{
    [Fact]
    public void Only_TripletsThatAreNone_AreRefused()
    {
        using var scope = NewDisposeScope();
        var batch = PairBatch.Create(rand(4, 2), tensor(new long[] { 0, 0, 1, 1 }));
        Assert.Equal(1, batch.Only(new Triplets([0], [1], [2])).Positives.sum().item<long>());
        Assert.Throws<ArgumentException>(() => batch.Only(new Triplets([0], [0], [2])));
        Assert.Throws<ArgumentException>(() => batch.Only(new Triplets([0], [2], [3])));
        Assert.Throws<ArgumentException>(() => batch.Only(new Triplets([0], [1], [1])));
        Assert.Throws<ArgumentException>(() => batch.Only(new Triplets([4], [1], [2])));
        Assert.Throws<ArgumentException>(() => batch.Only(new Triplets([0], [-1], [2])));
        Assert.Throws<ArgumentException>(() => batch.Only(new Triplets([0], [1], [])));
    }

    [Fact]
    public void WithoutNegativesWithin_LabelsOfOneGroup_AreNeitherPositiveNorNegative()
    {
        using var scope = NewDisposeScope();
        var memory = new LabelledEmbeddings(rand(3, 2), tensor(new long[] { 0, 1, 2 }));
        var all = PairBatch.Create(rand(3, 2), tensor(new long[] { 0, 1, 2 }), memory);
        var batch = all.WithoutNegativesWithin(tensor(new long[] { 5, 5, 6 }));
        Assert.Equal([false, false, true, false, false, true], batch.Negatives[0].data<bool>().ToArray());
        Assert.Equal([true, true, false, true, true, false], batch.Negatives[2].data<bool>().ToArray());
        Assert.Equal(all.Positives.data<bool>().ToArray(), batch.Positives.data<bool>().ToArray());
        Assert.Throws<ArgumentException>(() => all.Only(new Triplets([], [], [])).WithoutNegativesWithin(tensor(new long[] { 0, 1, 2 })));
    }

    [Fact]
    public void Create_MemoryOfAnotherDimension_IsRefused()
    {
        using var scope = NewDisposeScope();
        var memory = new LabelledEmbeddings(rand(2, 3), zeros(2, dtype: ScalarType.Int64));
        Assert.Throws<ArgumentException>(() => PairBatch.Create(rand(4, 2), zeros(4, dtype: ScalarType.Int64), memory));
    }
}
