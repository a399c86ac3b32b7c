namespace Search.Embedding.Tests;

public sealed class RecentEmbeddingsTests
{
    [Fact]
    public void Add_BeyondCapacity_ForgetsTheOneUnusedForLongest()
    {
        var recent = new RecentEmbeddings(2);
        recent.Add("a", Content(1));
        recent.Add("b", Content(2));
        Assert.True(recent.TryGet("a", out _));
        recent.Add("c", Content(3));
        Assert.True(recent.TryGet("a", out var a));
        Assert.Equal(1ul, a.PerceptualHash);
        Assert.False(recent.TryGet("b", out _));
        Assert.True(recent.TryGet("c", out _));
    }

    [Fact]
    public void Add_WithCapacityZero_RemembersNothing()
    {
        var recent = new RecentEmbeddings(0);
        recent.Add("a", Content(1));
        Assert.False(recent.TryGet("a", out _));
    }

    private static StoredEmbedding Content(ulong hash) => new([1], hash);
}
