using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Materials;

/// <summary>A transparent faceted stone: light is followed through its facets with refraction, total reflection and absorption.</summary>
/// <param name="refractiveIndex">At green light.</param>
/// <param name="absorption">Optical depth across one stone width, for each channel.</param>
/// <param name="dispersion">Difference of refractive index between red and blue; 0 traces the three channels as one.</param>
internal sealed class Gemstone(float refractiveIndex, Vector3 absorption, float dispersion = 0) : Material
{
    private const int MaxBounces = 7;
    private readonly float _mirror = Directions.FresnelAtNormal(refractiveIndex);

    public override Vector3 Average { get; } = Attenuate(absorption, 1) * 0.7f;

    public override Vector3 Transmission { get; } = Attenuate(absorption, 0.7f) * 0.6f;

    public override Vector3 Shade(in Surface surface, Tracer tracer, int depth, ref Sampler sampler)
    {
        var reflect = Directions.Fresnel(surface.Cosine, _mirror);
        var mirrored = Vector3.Reflect(surface.Direction, surface.Normal);
        var light = reflect * (depth < 2
            ? tracer.Radiance(tracer.Leaving(surface, mirrored), depth + 2, ref sampler)
            : tracer.Studio.Radiance(mirrored));
        if (surface.Part?.Shape is not FacetedGem) return light;
        if (dispersion <= 0 || depth > 0) return light + (1 - reflect) * Inside(surface, tracer, refractiveIndex, depth, ref sampler);

        var spread = Vector3.Zero;
        for (var channel = 0; channel < 3; channel++)
        {
            // The three colours share their random numbers, so that they differ by dispersion and not by noise.
            var copy = sampler;
            spread[channel] = Inside(surface, tracer, refractiveIndex + (channel - 1) * dispersion / 2, depth, ref copy)[channel];
        }

        return light + (1 - reflect) * spread;
    }

    private Vector3 Inside(in Surface surface, Tracer tracer, float index, int depth, ref Sampler sampler)
    {
        var part = surface.Part!;
        var gem = (FacetedGem)part.Shape;
        if (!Directions.Refract(surface.Direction, surface.Normal, 1 / index, out var entered)) return Vector3.Zero;

        // Stones are placed by rigid motion and uniform scale, so angles in their own coordinates are true.
        var at = Vector3.Transform(surface.Point, part.ToLocal);
        var towards = Vector3.Normalize(Vector3.TransformNormal(entered, part.ToLocal));
        at += towards * 1e-4f;
        var (light, weight, travelled) = (Vector3.Zero, 1f, 0f);
        for (var bounce = 0; bounce < MaxBounces; bounce++)
        {
            if (!gem.Leave(at, towards, out var t, out var facet)) break;
            at += towards * t;
            travelled += t;
            if (Directions.Refract(towards, -facet, index, out var outside))
            {
                var back = Directions.Fresnel(Vector3.Dot(outside, facet), _mirror);
                var world = Vector3.Normalize(Vector3.TransformNormal(outside, part.Placement));
                var seen = depth < 1 && weight > 0.2f && bounce < 4
                    ? tracer.Radiance(tracer.From(Vector3.Transform(at, part.Placement), world), depth + 2, ref sampler)
                    : tracer.Studio.Radiance(world);
                light += weight * (1 - back) * Attenuate(absorption, travelled / gem.Width) * seen;
                weight *= back;
                if (weight < 0.03f) return light;
            }

            towards = Vector3.Reflect(towards, facet);
        }

        // What is still inside leaves somewhere: a little of the overhead light keeps deep stones from going black.
        return light + weight * 0.5f * Attenuate(absorption, travelled / gem.Width) * tracer.Studio.Unoccluded(Vector3.UnitY);
    }

    private static Vector3 Attenuate(Vector3 depth, float path) =>
        new(MathF.Exp(-depth.X * path), MathF.Exp(-depth.Y * path), MathF.Exp(-depth.Z * path));
}
