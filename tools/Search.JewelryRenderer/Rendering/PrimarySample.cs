using System.Numerics;

namespace Search.JewelryRenderer.Rendering;

/// <summary>One camera ray's answer.</summary>
/// <param name="Radiance">Linear colour.</param>
/// <param name="Albedo">Surface colour, for dividing texture out before smoothing.</param>
/// <param name="Normal">Unit normal of the first surface.</param>
/// <param name="IsDiffuse">Smoothing may average it with its neighbours; mirrors and stones must stay as they are.</param>
/// <param name="IsDetail">A piece or prop, which deserves the full number of samples; false for the floor.</param>
internal readonly record struct PrimarySample(Vector3 Radiance, Vector3 Albedo, Vector3 Normal, bool IsDiffuse, bool IsDetail);
