using Search.Ann.Indexes.Filters;

namespace Search.Ann.Indexes.Tests.Filters;

public sealed class FilterPlanTests
{
    private const int Degree = 32;

    [Theory]
    [InlineData(1_000_000, 0.9, 64, FilterRoute.Traverse)]
    [InlineData(1_000_000, 0.5, 64, FilterRoute.Traverse)]
    [InlineData(1_000_000, 0.1, 64, FilterRoute.TwoHop)]
    [InlineData(1_000_000, 0.02, 64, FilterRoute.TwoHop)]
    [InlineData(1_000_000, 0.001, 64, FilterRoute.Scan)]
    [InlineData(20_000, 0.5, 64, FilterRoute.Traverse)]
    [InlineData(20_000, 0.01, 64, FilterRoute.Scan)]
    [InlineData(500, 0.5, 64, FilterRoute.Scan)]
    public void ForGraph_ChoosesTheWayThatCostsLeast(int slots, double share, int effort, object route)
    {
        Assert.Equal(route, FilterPlan.ForGraph(Filter(slots, id => true), share, Degree, effort).Route);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.3)]
    [InlineData(0.05)]
    public void Share_OfAPredicate_IsNearTheTruth(double share)
    {
        var filter = Filter(50_000, id => id * 0x9E37_79B9_7F4A_7C15ul % 10_000 < share * 10_000);
        var estimate = FilterSample.Share(filter, new int[FilterSample.Enough], out var found);
        Assert.InRange(estimate, share / 1.7, share * 1.7);
        Assert.True(found > 10);
    }

    [Fact]
    public void Share_OfASetThatTheIndexHardlyKnows_IsThatOfTheIndex()
    {
        var filter = new SlotFilter<Numbered>(new Numbered(10_000), IdFilter.Of([.. Enumerable.Range(9_990, 50_000).Select(i => (long)i)]));
        Assert.InRange(FilterSample.Share(filter, new int[FilterSample.Enough], out _), 0, 0.01);
    }

    private static SlotFilter<Numbered> Filter(int slots, Func<ulong, bool> passes) => new(new Numbered(slots), IdFilter.Where(id => passes((ulong)id)));

    private readonly struct Numbered(int slots) : ISlotIds
    {
        private static readonly long[] _ids = [.. Enumerable.Range(0, 50_000).Select(i => (long)i)];

        public int SlotCount => slots;

        public ReadOnlySpan<long> Of(int slot) => _ids.AsSpan(slot, 1);

        public int SlotOf(long id) => id >= 0 && id < slots ? (int)id : -1;
    }
}
