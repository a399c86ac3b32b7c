using System.Numerics;

namespace Search.JewelryRenderer.Rendering;

/// <summary>Sampled and bent directions.</summary>
internal static class Directions
{
    /// <summary>A direction around a normal with density cos/π.</summary>
    public static Vector3 CosineHemisphere(Vector3 normal, Vector2 u)
    {
        var z = 1 - 2 * u.X;
        var r = MathF.Sqrt(MathF.Max(0, 1 - z * z));
        var (sin, cos) = MathF.SinCos(2 * MathF.PI * u.Y);
        var d = normal + new Vector3(r * cos, r * sin, z) * 0.999f;
        return Vector3.Normalize(d);
    }

    /// <summary>A microfacet normal around a normal (GGX, Walter et al. 2007).</summary>
    public static Vector3 Microfacet(Vector3 normal, float roughness, Vector2 u)
    {
        var a = roughness * roughness;
        var tan = a * MathF.Sqrt(u.X / MathF.Max(1e-4f, 1 - u.X));
        var (sin, cos) = MathF.SinCos(2 * MathF.PI * u.Y);
        var (x, y) = Tangents(normal);
        return Vector3.Normalize(normal + (x * cos + y * sin) * MathF.Min(tan, 1.2f));
    }

    public static (Vector3 X, Vector3 Y) Tangents(Vector3 n)
    {
        var x = Vector3.Normalize(Vector3.Cross(MathF.Abs(n.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX, n));
        return (x, Vector3.Cross(n, x));
    }

    /// <summary>Snell's law; false on total internal reflection.</summary>
    /// <param name="eta">Index before over index behind.</param>
    public static bool Refract(Vector3 incoming, Vector3 normal, float eta, out Vector3 refracted)
    {
        var cos = -Vector3.Dot(normal, incoming);
        var k = 1 - eta * eta * (1 - cos * cos);
        refracted = k < 0 ? default : Vector3.Normalize(incoming * eta + normal * (eta * cos - MathF.Sqrt(k)));
        return k >= 0;
    }

    /// <summary>Schlick's approximation of Fresnel reflection.</summary>
    public static float Fresnel(float cos, float atNormal)
    {
        var m = 1 - Math.Clamp(cos, 0, 1);
        var m2 = m * m;
        return atNormal + (1 - atNormal) * m2 * m2 * m;
    }

    public static float FresnelAtNormal(float refractiveIndex)
    {
        var r = (refractiveIndex - 1) / (refractiveIndex + 1);
        return r * r;
    }
}
