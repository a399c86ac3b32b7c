using CsCheck;
using Search.Ann.Indexes.Filters;

namespace Search.Ann.Indexes.Tests.Filters;

public sealed class IdFilterTests
{
    [Fact]
    public void Of_AnyIds_PassesTheseAndNoOthers()
    {
        var id = Gen.OneOf(Gen.Long, Gen.Long[-500, 500], Gen.Const(long.MinValue), Gen.Const(long.MaxValue));
        Gen.Select(id.Array[0, 100], id.Array[0, 100]).Sample((ids, others) =>
        {
            var filter = IdFilter.Of(ids);
            Assert.All(ids, one => Assert.True(filter.Passes(one)));
            Assert.All(others, one => Assert.Equal(ids.Contains(one), filter.Passes(one)));
            Assert.Equal(ids.Distinct().Order(), Listed((IdSet)filter));
        }, seed: "0000000000007", threads: 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-130)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue - 127)]
    public void OfBits_PassesTheIdsOfTheBitsThatAreSet(long first)
    {
        var filter = IdFilter.OfBits([1ul << 3 | 1ul << 63, 1], first);
        Assert.Equal([first + 3, first + 63, first + 64], Listed((IdSet)filter));
        Assert.True(filter.Passes(first + 64));
        Assert.False(filter.Passes(first));
        Assert.False(filter.Passes(unchecked(first - 1)));
        Assert.False(filter.Passes(unchecked(first + 128)));
    }

    [Fact]
    public void Filters_OfImpossibleInput_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => IdFilter.OfBits([1, 1], long.MaxValue - 100));
        Assert.Throws<ArgumentNullException>(() => IdFilter.Where(null!));
    }

    private static List<long> Listed(IdSet set)
    {
        var ids = new List<long>();
        for (long cursor = 0; set.TryNext(ref cursor, out var id);)
            ids.Add(id);
        Assert.Equal(set.Count, ids.Count);
        return ids;
    }
}
