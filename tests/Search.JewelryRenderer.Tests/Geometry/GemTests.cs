using System.Numerics;
using Search.JewelryRenderer.Geometry;

namespace Search.JewelryRenderer.Tests.Geometry;

public sealed class GemTests
{
    public static TheoryData<string> Cuts => [.. GemCut.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Intersect_LandsOnTheStoneAndNotLater(string cut)
    {
        var gem = GemCut.ByName(cut).Unit;
        var hits = 0;
        foreach (var ray in RandomRays.Towards(gem.Bounds, 1500))
        {
            // The slow twin: walk along the ray and ask the facets for the depth.
            var entered = float.PositiveInfinity;
            for (var s = 0; s < 600 && float.IsInfinity(entered); s++)
                if (gem.Depth(ray.At(s * 0.01f)) < -2e-3f) entered = s * 0.01f;
            if (!gem.Intersect(ray, 0, float.PositiveInfinity, out var t, out var normal))
            {
                Assert.True(float.IsInfinity(entered));
                continue;
            }

            hits++;
            Assert.Equal(0, gem.Depth(ray.At(t)), 2e-3f);
            Assert.True(t <= entered + 1e-3f);
            Assert.True(Vector3.Dot(normal, ray.Direction) < 0);
        }

        Assert.True(hits > 300);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Leave_FromInside_EndsOnTheFacetItNames(string cut)
    {
        var gem = GemCut.ByName(cut).Unit;
        foreach (var ray in RandomRays.Towards(gem.Bounds, 500))
        {
            var inside = new Vector3(0, -0.1f, 0);
            var direction = Vector3.Normalize(ray.Direction);
            Assert.True(gem.Leave(inside, direction, out var t, out var normal));
            Assert.True(t > 0);
            Assert.Equal(0, gem.Depth(inside + direction * t), 1e-3f);
            Assert.True(Vector3.Dot(normal, direction) > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Bounds_ContainTheStone(string cut)
    {
        var gem = GemCut.ByName(cut).Unit;
        var (outside, inside) = (0, 0);
        foreach (var ray in RandomRays.Towards(gem.Bounds.Grow(0.4f), 2000))
        {
            var p = ray.At(0.5f / ray.Direction.Length() * gem.Bounds.Size.Length());
            if (gem.Depth(p) >= 0) continue;
            inside++;
            var box = gem.Bounds.Grow(1e-3f);
            if (Vector3.Min(p, box.Low) != box.Low || Vector3.Max(p, box.High) != box.High) outside++;
        }

        Assert.Equal(0, outside);
        _ = inside;
    }

    [Fact]
    public void ByName_OfAnUnknownCut_NamesIt() =>
        Assert.Contains("octopus", Assert.Throws<ArgumentOutOfRangeException>(() => GemCut.ByName("octopus")).Message, StringComparison.Ordinal);
}
