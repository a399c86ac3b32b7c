using System.Numerics;
using Search.JewelryRenderer.Geometry;

namespace Search.JewelryRenderer.Scenes.Elements;

/// <summary>Places on a piece that hangs: x aside, y up, z towards the viewer.</summary>
internal static class Hanging
{
    /// <summary>Spin that stands a long stone upright, tip up.</summary>
    public const float Upright = -MathF.PI / 2;

    /// <summary>Lays a hanging piece on its back: its front looks up, its top points away from the viewer.</summary>
    public static readonly Matrix4x4 Lying = Placement.TurnX(-MathF.PI / 2);

    /// <summary>Local +y of a setting or plate towards the viewer.</summary>
    public static Matrix4x4 Front(float x, float y, float z = 0, float spin = 0) => Placement.Facing(new Vector3(x, y, z), Vector3.UnitZ, spin);

    /// <summary>A ring of wire seen from the front.</summary>
    public static Matrix4x4 Loop(float x, float y, float z = 0) => Placement.TurnX(MathF.PI / 2) * Placement.At(x, y, z);

    /// <summary>A ring of wire seen from the side.</summary>
    public static Matrix4x4 SideLoop(float x, float y, float z = 0) => Placement.TurnZ(MathF.PI / 2) * Placement.At(x, y, z);
}
