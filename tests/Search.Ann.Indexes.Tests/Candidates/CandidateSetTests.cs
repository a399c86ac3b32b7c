using CsCheck;
using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Tests.Candidates;

public sealed class CandidateSetTests
{
    [Fact]
    public void Drain_OfAnySlots_GivesEachOnceAscendingAndLeavesNothing()
    {
        var set = new CandidateSet<TableSlots>(); // one for all samples, as in a pool
        Gen.Int[0, 20_000].Array[0, 300].Sample(slots =>
        {
            set.Reset(20_001, 1, 300);
            set.Add(slots);
            set.Add(slots);
            var expected = slots.Distinct().Order().ToArray();
            Assert.Equal(expected.Length, set.Count);
            Assert.Equal(expected, set.Drain().ToArray());
            Assert.Equal(0, set.Count);
            Assert.True(set.Drain().IsEmpty);
        }, seed: "0000000000005", threads: 1);
    }

    [Fact]
    public void Reset_WhileSlotsAreLeft_ForgetsThem()
    {
        var set = new CandidateSet<TableSlots>();
        set.Reset(100, 1, 10);
        set.Add([3, 99]);
        set.Reset(10_000, 1, 10);
        set.Add([9_999]);
        Assert.Equal([9_999], set.Drain().ToArray());
    }
}
