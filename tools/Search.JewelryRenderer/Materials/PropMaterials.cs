using System.Numerics;

namespace Search.JewelryRenderer.Materials;

/// <summary>What display stands and straps are made of.</summary>
internal static class PropMaterials
{
    public static Material Cloth(Vector3 colour) => new Lacquer(colour, 0, 0, p =>
    {
        var (a, b) = (MathF.Sin((p.X + p.Y * 0.5f) * 90), MathF.Sin((p.Z + p.Y * 0.9f) * 90));
        return new Vector3(a, b * 0.5f, b) * 0.12f;
    });

    public static Material Card(Vector3 colour) => new Lacquer(colour, 0, 0);

    public static Material PolishedWood(Vector3 light, Vector3 dark) => new Lacquer((light + dark) / 2, 0.4f, 0.35f, null, p =>
        Vector3.Lerp(light, dark, Noise.Fractal(new Vector2(p.X * 0.8f, (p.Z + p.Y) * 9), 3)));

    public static Material Leather(Vector3 colour) => new Lacquer(colour, 0.55f, 0.42f, Reliefs.Leather);

    public static Material Rubber(Vector3 colour) => new Lacquer(colour, 0.35f, 0.5f);

    public static Material Thread(Vector3 colour) => new Lacquer(colour, 0, 0);
}
