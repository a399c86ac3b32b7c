using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Scenes;

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
        foreach (var ray in RandomRays.Towards(gem.Bounds, 400))
        {
            // The slow twin: walk along the ray and ask the facets for the depth.
            var entered = float.PositiveInfinity;
            for (var s = 0; s < 400 && float.IsInfinity(entered); s++)
                if (gem.Depth(ray.At(s * 0.015f)) < -2e-3f) entered = s * 0.015f;
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

        Assert.True(hits > 80);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Leave_FromInside_EndsOnTheFacetItNames(string cut)
    {
        var gem = GemCut.ByName(cut).Unit;
        foreach (var ray in RandomRays.Towards(gem.Bounds, 200))
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
        var inside = 0;
        var box = gem.Bounds.Grow(1e-3f);
        var around = box.Grow(0.3f);
        var random = new Randomness(11);
        for (var i = 0; i < 3000; i++)
        {
            var p = around.Low + around.Size * new Vector3(random.Next(), random.Next(), random.Next());
            if (gem.Depth(p) >= 0) continue;
            inside++;
            Assert.True(Vector3.Min(p, box.Low) == box.Low && Vector3.Max(p, box.High) == box.High, $"{p} sticks out of {box}");
        }

        Assert.True(inside > 50);
    }

    [Fact]
    public void ByName_OfAnUnknownCut_NamesIt() =>
        Assert.Contains("octopus", Assert.Throws<ArgumentOutOfRangeException>(() => GemCut.ByName("octopus")).Message, StringComparison.Ordinal);
}
