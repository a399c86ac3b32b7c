using System.Numerics;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Materials;

/// <summary>
/// Nacre: light that spreads under the surface (wrapped around the terminator), a satin reflection from the layers,
/// a faint sharp one from the skin, and the orient, interference colours that shift towards the rim.
/// </summary>
internal sealed class Nacre(Vector3 body, Vector3 overtone) : Material
{
    public override Vector3 Average => body * 0.8f;

    /// <summary>Nacre has no sharp picture of its surroundings to lose.</summary>
    public override bool IsSmooth => true;

    public override Vector3 Albedo(in Surface surface) => Vector3.One;

    public override Vector3 Shade(in Surface surface, Tracer tracer, int depth, ref Sampler sampler)
    {
        var cos = surface.Cosine;
        var direct = tracer.Irradiance(surface.Point, surface.Normal, depth, ref sampler);
        var spread = tracer.Studio.Unoccluded(surface.Normal) * 0.5f + tracer.Studio.Unoccluded(Vector3.UnitY) * 0.1f;
        var rim = (1 - cos) * (1 - cos);
        var orient = Vector3.Lerp(Vector3.One, overtone, 0.35f + 0.65f * rim);
        var light = body * orient * (direct * 0.52f + spread * 0.24f) * (1 - 0.35f * rim);

        var satin = Directions.Microfacet(surface.Normal, 0.38f, sampler.Next2());
        light += 0.22f * orient * Reflect(surface, satin, tracer, depth, ref sampler);
        return light + Directions.Fresnel(cos, 0.06f) * 1.3f * Reflect(surface, surface.Normal, tracer, depth, ref sampler);
    }

    private static Vector3 Reflect(in Surface surface, Vector3 normal, Tracer tracer, int depth, ref Sampler sampler)
    {
        var d = Vector3.Reflect(surface.Direction, normal);
        if (Vector3.Dot(d, surface.Normal) <= 0) return Vector3.Zero;
        return depth < 1 ? tracer.Radiance(tracer.Leaving(surface, d), depth + 2, ref sampler) : tracer.Studio.Radiance(d);
    }
}
