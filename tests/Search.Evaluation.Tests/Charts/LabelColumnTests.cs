using CsCheck;
using Search.Evaluation.Charts;

namespace Search.Evaluation.Tests.Charts;

public sealed class LabelColumnTests
{
    [Fact]
    public void Spread_LabelsFarApart_StayWhereTheyAre() => Assert.Equal([10, 90, 50], LabelColumn.Spread([10, 90, 50], 15, 0, 100));

    [Fact]
    public void Spread_LabelsThatTouch_MoveAsLittleAsMayBe() => Assert.Equal([45, 60], LabelColumn.Spread([50, 55], 15, 0, 100));

    [Fact]
    public void Spread_AnyLabels_AreInOrderApartAndWithinBounds() =>
        Gen.Double[-50, 450].Array[0, 30].Sample(wanted =>
        {
            const double high = 400;
            var distance = Math.Min(15, high / Math.Max(1, wanted.Length - 1));
            var places = LabelColumn.Spread(wanted, 15, 0, high);
            var order = Enumerable.Range(0, wanted.Length).OrderBy(i => wanted[i]).Select(i => places[i]).ToArray();
            Assert.All(order, place => Assert.InRange(place, -1e-9, high + 1e-9));
            Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(pair.Second - pair.First >= distance - 1e-9));
        });
}
