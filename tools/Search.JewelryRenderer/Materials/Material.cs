using System.Numerics;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Materials;

/// <summary>How a surface answers light. Adding a material is one file: nothing else lists them.</summary>
internal abstract class Material
{
    /// <summary>Mean colour, for the light it throws on its surroundings.</summary>
    public abstract Vector3 Average { get; }

    /// <summary>Share of light that passes towards a shadow.</summary>
    public virtual Vector3 Transmission => Vector3.Zero;

    /// <summary>Looks the same from everywhere: few samples will do.</summary>
    public virtual bool IsMatte => false;

    /// <summary>May be denoised: neighbouring points with the same normal look alike, up to noise. Stones and reliefs must stay as they are.</summary>
    public virtual bool IsSmooth => IsMatte;

    /// <summary>Surface colour at a point, divided out before denoising.</summary>
    public virtual Vector3 Albedo(in Surface surface) => Average;

    /// <summary>Radiance towards the viewer.</summary>
    public abstract Vector3 Shade(in Surface surface, Tracer tracer, int depth, ref Sampler sampler);
}
