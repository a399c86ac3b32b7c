using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>Affine placements in row-vector convention (System.Numerics): a point moves as p * M.</summary>
internal static class Placement
{
    public static Matrix4x4 Basis(Vector3 x, Vector3 y, Vector3 z, Vector3 position) => new(
        x.X, x.Y, x.Z, 0, y.X, y.Y, y.Z, 0, z.X, z.Y, z.Z, 0, position.X, position.Y, position.Z, 1);

    public static Matrix4x4 At(float x, float y, float z) => Matrix4x4.CreateTranslation(x, y, z);

    public static Matrix4x4 At(Vector3 position) => Matrix4x4.CreateTranslation(position);

    public static Matrix4x4 Scale(float x, float y, float z) => Matrix4x4.CreateScale(x, y, z);

    /// <summary>Turns local +y towards <paramref name="up"/>, first spinning around it, and moves to <paramref name="position"/>.</summary>
    public static Matrix4x4 Facing(Vector3 position, Vector3 up, float spin = 0)
    {
        up = Vector3.Normalize(up);
        var x = Vector3.Normalize(Vector3.Cross(up, MathF.Abs(up.Z) < 0.9f ? Vector3.UnitZ : -Vector3.UnitY));
        var z = Vector3.Cross(x, up);
        var (sin, cos) = MathF.SinCos(spin);
        return Basis(x * cos + z * sin, up, z * cos - x * sin, position);
    }

    /// <summary>Local +y towards <paramref name="up"/> and local +z as near to <paramref name="forward"/> as that allows.</summary>
    public static Matrix4x4 Facing(Vector3 position, Vector3 up, Vector3 forward)
    {
        up = Vector3.Normalize(up);
        var z = Vector3.Normalize(forward - up * Vector3.Dot(forward, up));
        return Basis(Vector3.Cross(up, z), up, z, position);
    }

    public static Matrix4x4 TurnX(float angle) => Matrix4x4.CreateRotationX(angle);

    public static Matrix4x4 TurnY(float angle) => Matrix4x4.CreateRotationY(angle);

    public static Matrix4x4 TurnZ(float angle) => Matrix4x4.CreateRotationZ(angle);
}
