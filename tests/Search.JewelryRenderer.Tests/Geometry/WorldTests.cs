using System.Numerics;
using Search.JewelryRenderer.Catalogue;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Rendering;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Tests.Geometry;

public sealed class WorldTests
{
    [Fact]
    public void Nearest_InAWholePiece_AgreesWithTestingEveryPart()
    {
        var product = Designer.Invent(1, 2)[1];
        var parts = product.Category.Present(product.Design, 1).Product.Parts;
        Assert.True(parts.Count > 20);
        var world = new World(parts);
        var box = parts.Aggregate(Bounds.Empty, (b, p) => b.Include(p.Bounds));
        var hits = 0;
        foreach (var ray in RandomRays.Towards(box, 600))
        {
            var t = float.PositiveInfinity;
            var found = world.Nearest(ray, 1e-4f, ref t, out var part, out _);
            var (expected, which) = (float.PositiveInfinity, default(Part));
            foreach (var p in parts)
                if (p.Intersect(ray, 1e-4f, expected, out var q, out _)) (expected, which) = (q, p);
            Assert.Equal(which is not null, found);
            Assert.Equal(expected, t);
            if (!found) continue;
            hits++;
            Assert.Same(which, part);
        }

        Assert.True(hits > 80);
    }

    [Fact]
    public void Sphere_StretchedAndTurned_IsHitWhereItsEquationSays()
    {
        var part = new Part(Sphere.Unit, MetalKind.Silver.Polished, Placement.Scale(2, 0.5f, 1) * Placement.TurnZ(0.4f) * Placement.At(1, 2, 3));
        var hits = 0;
        foreach (var ray in RandomRays.Towards(part.Bounds, 1000))
        {
            if (!part.Intersect(ray, 0, float.PositiveInfinity, out var t, out var normal)) continue;
            hits++;
            var local = Vector3.Transform(ray.At(t), part.ToLocal);
            Assert.Equal(1, local.Length(), 1e-3f);

            // The gradient of the ellipsoid's equation, numerically.
            float F(Vector3 p) => Vector3.Transform(p, part.ToLocal).LengthSquared();
            const float h = 1e-2f;
            var at = ray.At(t);
            var gradient = Vector3.Normalize(new Vector3(
                F(at + Vector3.UnitX * h) - F(at - Vector3.UnitX * h), F(at + Vector3.UnitY * h) - F(at - Vector3.UnitY * h), F(at + Vector3.UnitZ * h) - F(at - Vector3.UnitZ * h)));
            Assert.Equal(1, Vector3.Dot(gradient, normal), 2e-3f);
        }

        Assert.True(hits > 200);
    }

    [Fact]
    public void Transmittance_IsOneInTheOpen_NothingBehindMetal_AndTintedBehindARuby()
    {
        var down = new Ray(new Vector3(0, 5, 0), -Vector3.UnitY);
        Assert.Equal(Vector3.One, new World([]).Transmittance(down, 0));
        Assert.Equal(Vector3.Zero, new World([new Part(Sphere.Unit, MetalKind.Silver.Polished, Matrix4x4.Identity)]).Transmittance(down, 0));
        var red = new World([new Part(GemCut.Round.Unit, StoneKind.Ruby.Material, Matrix4x4.Identity)]).Transmittance(down, 0);
        Assert.True(red.X > 4 * red.Y && red.X < 1);
    }

    [Fact]
    public void Part_ThatIsFlattenedToNothing_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Part(Sphere.Unit, MetalKind.Silver.Polished, Placement.Scale(1, 0, 1)));
}
