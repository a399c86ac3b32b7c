using System.Numerics;
using Search.JewelryRenderer.Geometry;

namespace Search.JewelryRenderer.Tests.Geometry;

public sealed class OutlineTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(48)]
    public void Spaced_RegularFigure_HasUnitDirectionsThatLeadOutwards(int sides) => Assert.All(
        Outline2.Spaced(Outline2.Regular(sides, 2), 30),
        spaced =>
        {
            Assert.Equal(1, spaced.Outward.Length(), 1e-5);
            Assert.True(Vector2.Dot(spaced.Point, spaced.Outward) > 0);
        });
}
