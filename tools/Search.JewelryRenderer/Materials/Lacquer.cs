using System.Numerics;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Materials;

/// <summary>Coloured body under a clear surface: enamel, dials, opaque stones, leather.</summary>
/// <param name="body">Diffuse colour.</param>
/// <param name="shine">Strength of the clear surface, 1 = a polished dielectric.</param>
/// <param name="roughness">Of the clear surface.</param>
/// <param name="pattern">Varies the body colour over the part.</param>
internal sealed class Lacquer(Vector3 body, float shine, float roughness, Relief? relief = null, Func<Vector3, Vector3>? pattern = null) : Material
{
    public override Vector3 Average => body;

    public override bool IsMatte => shine <= 0;

    public override bool IsSmooth => IsMatte || relief is null;

    public override Vector3 Albedo(in Surface surface) => pattern?.Invoke(surface.LocalPoint) ?? body;

    public override Vector3 Shade(in Surface surface, Tracer tracer, int depth, ref Sampler sampler)
    {
        var s = relief is null ? surface : surface.Tilted(relief(surface.LocalPoint));
        var light = Albedo(s) * tracer.Irradiance(s.Point, s.Normal, depth, ref sampler);
        if (shine <= 0) return light;
        var normal = roughness > 0.07f ? Directions.Microfacet(s.Normal, roughness, sampler.Next2()) : s.Normal;
        var direction = Vector3.Reflect(s.Direction, normal);
        if (Vector3.Dot(direction, surface.Normal) <= 0) return light;
        var seen = depth < 2
            ? tracer.Radiance(tracer.Leaving(surface, direction), depth + 1, ref sampler)
            : tracer.Studio.Radiance(direction);
        return light + Directions.Fresnel(s.Cosine, 0.045f) * shine * seen;
    }
}
