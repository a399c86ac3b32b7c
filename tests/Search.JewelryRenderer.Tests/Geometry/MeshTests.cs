using System.Numerics;
using Search.JewelryRenderer.Geometry;

namespace Search.JewelryRenderer.Tests.Geometry;

public sealed class MeshTests
{
    [Fact]
    public void Intersect_AgreesWithTestingEveryTriangle()
    {
        Mesh[] meshes =
        [
            Solid.Ring(1, Outline2.HalfRound(0.2f, 0.3f, 16), 40), Solid.Plate(Outline2.Heart(1, 40), 0.2f, 0.1f, 0.3f),
            Sweep.Wire(t => new Vector3(MathF.Cos(9 * t), t, MathF.Sin(9 * t)), 0.1f, 60),
        ];
        foreach (var mesh in meshes)
        {
            var hits = 0;
            foreach (var ray in RandomRays.Towards(mesh.Bounds, 600))
            {
                var fast = mesh.Intersect(ray, 1e-4f, 100, out var t, out var normal);
                var slow = mesh.IntersectLinear(ray, 1e-4f, 100, out var expected);
                Assert.Equal(slow, fast);
                if (!fast) continue;
                hits++;
                Assert.Equal(expected, t);
                Assert.Equal(1, normal.Length(), 1e-3f);
            }

            Assert.InRange(hits, 50, 595);
        }
    }

    [Fact]
    public void Intersect_OnATorus_LandsOnTheTorus()
    {
        // Numeric distance of the hit from the exact surface; 0.004 covers the flat facets of 160 x 40 samples.
        var mesh = Solid.Ring(1, Outline2.Circle(0.25f, 40), 160);
        var hits = 0;
        foreach (var ray in RandomRays.Towards(mesh.Bounds, 1000))
        {
            if (!mesh.Intersect(ray, 0, float.PositiveInfinity, out var t, out _)) continue;
            hits++;
            var p = ray.At(t);
            var ring = new Vector2(p.X, p.Z).Length() - 1;
            Assert.Equal(0.25f, new Vector2(ring, p.Y).Length(), 0.004f);
        }

        Assert.True(hits > 200);
    }

    [Fact]
    public void Intersect_OutsideTheAllowedDistances_Misses()
    {
        var mesh = Solid.Box(Vector3.One, 0.1f);
        var ray = new Ray(new Vector3(0, 5, 0), -Vector3.UnitY);
        Assert.True(mesh.Intersect(ray, 0, 10, out var t, out var normal));
        Assert.Equal(4, t, 1e-3f);
        Assert.Equal(1, MathF.Abs(normal.Y), 1e-3f);
        Assert.False(mesh.Intersect(ray, 0, 3.9f, out _, out _));
        Assert.True(mesh.Intersect(ray, 4.5f, 10, out t, out _));
        Assert.Equal(6, t, 1e-3f);
    }

    [Fact]
    public void Mesh_WithAVertexThatIsNotANumber_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Sweep.Wire(t => new Vector3(MathF.Sqrt(-1 - t), 0, 0), 0.1f, 5));

    [Fact]
    public void Bvh_WithoutItems_FindsNothing()
    {
        var mesh = new Mesh([], [], []);
        Assert.False(mesh.Intersect(new Ray(Vector3.Zero, Vector3.UnitX), 0, 10, out _, out _));
    }
}
