using Search.MetricLearning.Memory;
using Search.MetricLearning.Weights;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Memory;

public sealed class CrossBatchMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(20)]
    public void Add_ManyBatches_KeepsTheNewest(int size)
    {
        using var memory = new CrossBatchMemory(new MemoryOptions { Size = size, WarmUp = 0 }, dimension: 2);
        var all = new List<long>();
        var random = new Random(size);
        for (var step = 0; step < 12; step++)
        {
            long[] labels = [.. Enumerable.Range(all.Count, random.Next(1, 5)).Select(i => (long)i)];
            Add(memory, labels);
            all.AddRange(labels);
            Assert.Equal(all.TakeLast(size), Labels(memory));
        }
    }

    [Fact]
    public void Add_MoreRowsThanRoom_KeepsTheLast()
    {
        using var memory = new CrossBatchMemory(new MemoryOptions { Size = 3, WarmUp = 0 }, dimension: 2);
        Add(memory, [1, 2, 3, 4, 5, 6, 7]);
        Assert.Equal([5, 6, 7], Labels(memory));
    }

    [Fact]
    public void Current_WhileWarmingUp_IsNothing()
    {
        using var memory = new CrossBatchMemory(new MemoryOptions { Size = 8, WarmUp = 2 }, dimension: 2);
        using var scope = NewDisposeScope();
        Assert.Null(memory.Current());
        Add(memory, [1]);
        Assert.Null(memory.Current());
        Add(memory, [2]);
        Assert.Equal(2, memory.Current()!.Labels.shape[0]);
        memory.Clear();
        Assert.Null(memory.Current());
    }

    [Fact]
    public void Add_EmbeddingsWithGradients_AreCopiedWithoutThem()
    {
        using var memory = new CrossBatchMemory(new MemoryOptions { Size = 4, WarmUp = 0 }, dimension: 2);
        using var scope = NewDisposeScope();
        var embeddings = ones(2, 2).requires_grad_();
        memory.Add(embeddings * 2, tensor(new long[] { 0, 1 }));
        Assert.False(memory.Current()!.Embeddings.requires_grad);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(9)]
    public void Load_SavedState_GoesOnTheSameWay(int before)
    {
        var options = new MemoryOptions { Size = 5, WarmUp = 3 };
        using var memory = new CrossBatchMemory(options, dimension: 2);
        for (var i = 0; i < before; i++)
            Add(memory, [i, i + 100]);
        using var resumed = new CrossBatchMemory(options, dimension: 2);
        resumed.Load(memory.Save());
        for (var i = 0; i < 4; i++)
        {
            using var scope = NewDisposeScope();
            Assert.Equal(memory.Current() is null, resumed.Current() is null);
            Assert.Equal(Labels(memory), Labels(resumed));
            // In the same places, too: a sum over the rows rounds by their order.
            Assert.Equal(memory.Current()?.Labels.data<long>().ToArray(), resumed.Current()?.Labels.data<long>().ToArray());
            Add(memory, [200 + i]);
            Add(resumed, [200 + i]);
        }
    }

    [Fact]
    public void Load_AnotherDimension_IsRefusedAndChangesNothing()
    {
        using var memory = new CrossBatchMemory(new MemoryOptions { Size = 5, WarmUp = 0 }, dimension: 2);
        Add(memory, [1, 2]);
        using var other = new CrossBatchMemory(new MemoryOptions { Size = 5, WarmUp = 0 }, dimension: 3);
        Assert.Throws<WeightFormatException>(() => memory.Load(other.Save()));
        Assert.Throws<WeightFormatException>(() => memory.Load(new Dictionary<string, WeightTensor>()));
        Assert.Equal([1, 2], Labels(memory));
    }

    /// <summary>Each row holds its label, so that rows and labels can be seen to stay together.</summary>
    private static void Add(CrossBatchMemory memory, long[] labels)
    {
        using var scope = NewDisposeScope();
        memory.Add(tensor(labels.SelectMany(l => new[] { l, -(float)l }).ToArray()).reshape(-1, 2), tensor(labels));
    }

    private static long[] Labels(CrossBatchMemory memory)
    {
        var state = memory.Save();
        Assert.Equal(state["labels"].Values.SelectMany(l => new[] { l, -l }), state["embeddings"].Values);
        return [.. state["labels"].Values.Select(l => (long)l)];
    }
}
