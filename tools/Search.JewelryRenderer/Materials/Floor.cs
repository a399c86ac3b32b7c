using System.Numerics;

namespace Search.JewelryRenderer.Materials;

/// <summary>The table a piece lies on: y = 0, endless.</summary>
/// <param name="Pattern">Colour at a point, in centimetres.</param>
/// <param name="Average">Mean colour.</param>
/// <param name="Far">What the table becomes behind the piece: the seamless backdrop.</param>
/// <param name="Gloss">Strength of its reflection, 1 = a polished plate.</param>
/// <param name="Roughness">Of the reflection.</param>
internal sealed record Floor(Func<Vector2, Vector3> Pattern, Vector3 Average, Vector3 Far, float Gloss, float Roughness)
{
    public Vector3 Albedo(Vector3 point) => Pattern(new Vector2(point.X, point.Z));
}
