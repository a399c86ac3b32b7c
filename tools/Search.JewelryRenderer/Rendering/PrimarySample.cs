using System.Numerics;

namespace Search.JewelryRenderer.Rendering;

/// <summary>One camera ray's answer.</summary>
/// <param name="Radiance">Linear colour.</param>
/// <param name="Albedo">Surface colour, for dividing texture out before smoothing.</param>
/// <param name="Normal">Unit normal of the first surface.</param>
/// <param name="IsSmooth">Denoising may average it with its neighbours.</param>
/// <param name="Met">What it met, which decides how many samples the pixel deserves.</param>
internal readonly record struct PrimarySample(Vector3 Radiance, Vector3 Albedo, Vector3 Normal, bool IsSmooth, Met Met);

/// <summary>What a camera ray met first.</summary>
internal enum Met
{
    Floor,
    Matte,
    Shiny,
}
