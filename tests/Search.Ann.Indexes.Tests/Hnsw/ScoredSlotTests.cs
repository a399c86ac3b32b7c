using CsCheck;
using Search.Ann.Indexes.Hnsw;

namespace Search.Ann.Indexes.Tests.Hnsw;

public sealed class ScoredSlotTests
{
    [Fact]
    public void Pack_OrdersByScoreThenBySmallerSlot_AndComesBack() =>
        Gen.Select(Gen.Float.Where(f => !float.IsNaN(f) && f != 0), Gen.Float.Where(f => !float.IsNaN(f) && f != 0), Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue])
            .Sample((a, b, slotA, slotB) =>
            {
                var (x, y) = (ScoredSlot.Pack(a, slotA), ScoredSlot.Pack(b, slotB));
                var expected = a != b ? a.CompareTo(b) : slotB.CompareTo(slotA);
                Assert.Equal(Math.Sign(expected), Math.Sign(x.CompareTo(y)));
                Assert.Equal((a, slotA), (ScoredSlot.Score(x), ScoredSlot.Slot(x)));
            }, seed: "0000000000004");
}
