using System.Numerics;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Materials;

/// <summary>A polished, brushed or hammered metal.</summary>
/// <param name="reflectance">Colour at normal incidence, linear.</param>
/// <param name="roughness">GGX roughness: 0.05 mirror polish, 0.3 satin.</param>
internal sealed class Metal(Vector3 reflectance, float roughness, Relief? relief = null) : Material
{
    public override Vector3 Average => reflectance * 0.6f;

    /// <summary>The edges of what a polished band mirrors stand far above its noise, so that the filter keeps them.</summary>
    public override bool IsSmooth => relief is null;

    public override Vector3 Albedo(in Surface surface) => Vector3.One;

    /// <summary>The same alloy with another finish.</summary>
    public Metal Finished(float rough, Relief? finish = null) => new(reflectance, rough, finish);

    public override Vector3 Shade(in Surface surface, Tracer tracer, int depth, ref Sampler sampler)
    {
        var s = relief is null ? surface : surface.Tilted(relief(surface.LocalPoint));
        var normal = depth < 2 && roughness > 0.07f ? Directions.Microfacet(s.Normal, roughness, sampler.Next2()) : s.Normal;
        var direction = Vector3.Reflect(s.Direction, normal);

        // A reflection that dives under the geometric surface is grazing light: bend it back instead of turning the rim black.
        var below = Vector3.Dot(direction, surface.Normal);
        if (below < 0.01f) direction = Vector3.Normalize(direction + surface.Normal * (0.02f - below));
        var m = 1 - s.Cosine;
        var tint = reflectance + (Vector3.One - reflectance) * (m * m * m * m * m);
        return tint * (depth < Tracer.MaxDepth
            ? tracer.Radiance(tracer.Leaving(surface, direction), depth + 1, ref sampler)
            : tracer.Studio.Unoccluded(surface.Normal) * 0.4f);
    }
}
