using System.Numerics;
using Search.JewelryRenderer.Lighting;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Scenes;

/// <summary>How a picture is developed.</summary>
/// <param name="Tint">White balance, one factor a channel.</param>
/// <param name="Vignette">Share of light lost in the corners.</param>
/// <param name="Grain">Amplitude of the sensor's noise, in [0, 1] of full scale.</param>
internal sealed record DevelopSettings(Vector3 Tint, float Vignette, float Grain);

/// <summary>Everything one picture shows.</summary>
internal sealed record Stage
{
    public required Assembly Product { get; init; }

    public required Assembly Props { get; init; }

    /// <summary>What the camera frames: the whole piece or its centre.</summary>
    public required IReadOnlyList<Vector3> FocusPoints { get; init; }

    public required Floor Floor { get; init; }

    public required Studio Studio { get; init; }

    public required CameraShot Shot { get; init; }

    /// <summary>1 shows a white sheet of paper as light grey-white.</summary>
    public required float Exposure { get; init; }

    public required DevelopSettings Develop { get; init; }

    public Vector3 Focus => Geometry.Bounds.Of([.. FocusPoints]).Centre;

    /// <summary>Radius of what is framed, in centimetres: unit of offsets and of the backdrop's distance.</summary>
    public float Scale => MathF.Max(0.1f, Geometry.Bounds.Of([.. FocusPoints]).Size.Length() / 2);
}
