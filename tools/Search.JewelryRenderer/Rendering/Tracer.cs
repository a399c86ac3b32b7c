using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Lighting;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Rendering;

/// <summary>Follows light through a stage. Immutable; each sample brings its own <see cref="Sampler"/>.</summary>
internal sealed class Tracer(Stage stage)
{
    /// <summary>Deeper paths add less than the tone curve shows.</summary>
    public const int MaxDepth = 4;

    private readonly World _world = new([.. stage.Product, .. stage.Props]);
    private readonly float _scale = stage.Scale;
    private readonly Vector3 _focus = stage.Focus;
    private readonly float _offset = 2e-4f * stage.Scale;
    private readonly Vector3 _floorLight = stage.Studio.Unoccluded(Vector3.UnitY);

    public Studio Studio => stage.Studio;

    /// <summary>Light that comes back along a ray.</summary>
    public Vector3 Radiance(in Ray ray, int depth, ref Sampler sampler) =>
        Meet(ray, out var surface) ? Shade(surface, depth, ref sampler) : Studio.Radiance(ray.Direction);

    /// <summary>As <see cref="Radiance"/> for camera rays, with what the denoiser wants to know.</summary>
    public PrimarySample Primary(in Ray ray, ref Sampler sampler)
    {
        if (!Meet(ray, out var surface))
            return new PrimarySample(stage.Floor.Far * _floorLight * 0.96f, Vector3.One, Vector3.UnitY, true, Met.Floor);
        if (surface.Part is { } part)
        {
            var albedo = part.Material.Albedo(surface);
            return new PrimarySample(Shade(surface, 0, ref sampler), albedo, surface.Normal, part.Material.IsSmooth, part.Material.IsMatte ? Met.Matte : Met.Shiny);
        }

        var colour = stage.Floor.Albedo(surface.Point);
        var light = Irradiance(surface.Point, surface.Normal, 0, ref sampler);
        var radiance = colour * light + FloorGloss(surface, 0, ref sampler);

        // The seamless backdrop: the table turns into the wall behind it, far from the piece.
        var away = Vector3.Distance(surface.Point, _focus) / _scale;
        var fade = Math.Clamp((away - 3.2f) / 6f, 0, 1);
        radiance = Vector3.Lerp(radiance, stage.Floor.Far * _floorLight * 0.96f, fade * fade * (3 - 2 * fade));
        return new PrimarySample(radiance, Vector3.Max(colour, new Vector3(0.02f)), surface.Normal, true, Met.Floor);
    }

    /// <summary>Diffuse light on a point, divided by π: times an albedo it is radiance.</summary>
    public Vector3 Irradiance(Vector3 point, Vector3 normal, int depth, ref Sampler sampler)
    {
        if (depth >= 2) return Studio.Unoccluded(normal) * 0.85f;
        var from = point + normal * _offset;
        if (depth == 1) return Mirrored(from, normal, ref sampler);
        var light = Studio.SampleBox(normal, sampler.Next(), sampler.Next2(), out var towards);
        if (light.LengthSquared() > 0) light *= Transmittance(from, towards);

        var around = Directions.CosineHemisphere(normal, sampler.Next2());
        return light + Ambient(new Ray(from, around));
    }

    /// <summary>
    /// What a mirror sees of a lit surface. No filter smooths mirrors, so this estimate is free of noise where nothing is in the way:
    /// one shadow ray and one sky ray only decide how much of the exact open-sky light arrives.
    /// </summary>
    private Vector3 Mirrored(Vector3 from, Vector3 normal, ref Sampler sampler)
    {
        var boxes = Studio.BoxLight(normal);
        if (Studio.SampleBox(normal, sampler.Next(), sampler.Next2(), out var towards).LengthSquared() > 0) boxes *= Transmittance(from, towards);
        var sky = _world.Transmittance(new Ray(from, Directions.CosineHemisphere(normal, sampler.Next2())), _offset);
        return boxes + Studio.DomeLight(normal) * (new Vector3(0.35f) + 0.65f * sky);
    }

    /// <summary>Light along a diffuse bounce: the dome, or a flat estimate of whatever stands there.</summary>
    private Vector3 Ambient(in Ray ray)
    {
        var t = float.PositiveInfinity;
        if (_world.Nearest(ray, _offset, ref t, out var part, out var normal))
        {
            if (Vector3.Dot(normal, ray.Direction) > 0) normal = -normal;
            return part.Material.Average * Studio.Unoccluded(normal) * 0.55f;
        }

        return ray.Direction.Y < 0 ? stage.Floor.Average * _floorLight * 0.8f : Studio.Dome(ray.Direction);
    }

    private Vector3 Transmittance(Vector3 from, Vector3 towards) =>
        towards.Y <= 0 ? Vector3.Zero : _world.Transmittance(new Ray(from, towards), _offset);

    private bool Meet(in Ray ray, out Surface surface)
    {
        var t = ray.Direction.Y < 0 ? -ray.Origin.Y / ray.Direction.Y : float.PositiveInfinity;
        if (t <= _offset) t = float.PositiveInfinity;
        if (_world.Nearest(ray, _offset, ref t, out var part, out var normal))
        {
            if (Vector3.Dot(normal, ray.Direction) > 0) normal = -normal;
            surface = new Surface(ray.At(t), normal, ray.Direction, part);
            return true;
        }

        surface = new Surface(ray.At(t), Vector3.UnitY, ray.Direction, null);
        return float.IsFinite(t);
    }

    private Vector3 Shade(in Surface surface, int depth, ref Sampler sampler)
    {
        if (surface.Part is { } part) return part.Material.Shade(surface, this, depth, ref sampler);


        // Mirrors see a table of finite size: darkness beyond its edge is half of what makes polished metal look like metal.
        var away = Vector3.Distance(surface.Point, _focus) / _scale;
        var table = 1 - 0.8f * Math.Clamp((away - 1.3f) / 3, 0, 1);
        return stage.Floor.Albedo(surface.Point) * Irradiance(surface.Point, surface.Normal, depth, ref sampler) * table;
    }

    private Vector3 FloorGloss(in Surface surface, int depth, ref Sampler sampler)
    {
        if (stage.Floor.Gloss <= 0) return Vector3.Zero;
        var normal = Directions.Microfacet(surface.Normal, stage.Floor.Roughness, sampler.Next2());
        var out1 = Vector3.Reflect(surface.Direction, normal);
        if (out1.Y <= 0) return Vector3.Zero;
        var share = Directions.Fresnel(surface.Cosine, 0.04f) * stage.Floor.Gloss;
        return share * Radiance(new Ray(surface.Point + surface.Normal * _offset, out1), depth + 2, ref sampler);
    }

    /// <summary>A ray that starts just off a surface, on the side it leaves to.</summary>
    public Ray Leaving(in Surface surface, Vector3 direction) =>
        new(surface.Point + surface.Normal * (Vector3.Dot(direction, surface.Normal) >= 0 ? _offset : -_offset), direction);

    public Ray From(Vector3 point, Vector3 direction) => new(point + direction * _offset, direction);
}
