using System.Numerics;
using Search.JewelryRenderer.Geometry;

namespace Search.JewelryRenderer.Rendering;

/// <summary>A thin-lens camera.</summary>
internal sealed class Camera
{
    private readonly Vector3 _eye, _forward, _right, _up;
    private readonly float _tangent, _focusDistance, _aperture;

    private Camera(Vector3 eye, Vector3 forward, Vector3 right, Vector3 up, float tangent, float focusDistance, float aperture)
    {
        (_eye, _forward, _right, _up) = (eye, forward, right, up);
        (_tangent, _focusDistance, _aperture) = (tangent, focusDistance, aperture);
    }

    /// <summary>Stands where the shot says and aims and zooms until the points fill their share of the frame.</summary>
    public static Camera Framing(IEnumerable<Vector3> points, CameraShot shot)
    {
        var list = points.ToArray();
        var box = Bounds.Of(list);
        var radius = MathF.Max(box.Size.Length() / 2, 1e-3f);
        var (sinE, cosE) = MathF.SinCos(shot.Elevation);
        var (sinA, cosA) = MathF.SinCos(shot.Azimuth);
        var eye = box.Centre + new Vector3(sinA * cosE, sinE, cosA * cosE) * (radius * shot.Distance);

        // Two rounds: centring the picture turns the camera a little, which changes the extent a little.
        var target = box.Centre;
        var (half, centre) = (1f, Vector2.Zero);
        Vector3 forward, right, up;
        for (var round = 0; ; round++)
        {
            forward = Vector3.Normalize(target - eye);
            right = Vector3.Normalize(Vector3.Cross(forward, MathF.Abs(forward.Y) > 0.995f ? new Vector3(-sinA, 0, -cosA) : Vector3.UnitY));
            up = Vector3.Cross(right, forward);
            var (sinR, cosR) = MathF.SinCos(shot.Roll);
            (right, up) = (right * cosR + up * sinR, up * cosR - right * sinR);
            var (low, high) = (new Vector2(float.PositiveInfinity), new Vector2(float.NegativeInfinity));
            foreach (var p in list)
            {
                var v = p - eye;
                var q = new Vector2(Vector3.Dot(v, right), Vector3.Dot(v, up)) / MathF.Max(Vector3.Dot(v, forward), 0.05f * radius);
                (low, high) = (Vector2.Min(low, q), Vector2.Max(high, q));
            }

            centre = (low + high) / 2;
            half = MathF.Max(high.X - low.X, high.Y - low.Y) / 2;
            if (round == 2) break;
            target += (right * centre.X + up * centre.Y) * Vector3.Distance(target, eye);
        }

        var tangent = half / shot.Fill;
        forward = Vector3.Normalize(forward - (right * shot.Shift.X + up * shot.Shift.Y) * tangent);
        right = Vector3.Normalize(right - forward * Vector3.Dot(right, forward));
        return new Camera(eye, forward, right, Vector3.Cross(right, forward), tangent, Vector3.Distance(box.Centre, eye), shot.Aperture * radius);
    }

    /// <param name="at">Picture position in [-1, 1], x to the right, y upwards.</param>
    /// <param name="lens">Two uniform numbers that choose a point of the lens.</param>
    public Ray Ray(Vector2 at, Vector2 lens)
    {
        var direction = Vector3.Normalize(_forward + (_right * at.X + _up * at.Y) * _tangent);
        if (_aperture <= 0) return new Ray(_eye, direction);
        var focus = _eye + direction * (_focusDistance / Vector3.Dot(direction, _forward));
        var (sin, cos) = MathF.SinCos(lens.Y * 2 * MathF.PI);
        var eye = _eye + (_right * cos + _up * sin) * (MathF.Sqrt(lens.X) * _aperture);
        return new Ray(eye, Vector3.Normalize(focus - eye));
    }
}

/// <summary>Where the camera stands.</summary>
internal sealed record CameraShot
{
    /// <summary>Radians around the piece; 0 looks at its front (+z).</summary>
    public float Azimuth { get; init; }

    /// <summary>Radians above the table.</summary>
    public float Elevation { get; init; } = 0.6f;

    /// <summary>Multiples of the piece's radius: near gives strong perspective.</summary>
    public float Distance { get; init; } = 5;

    /// <summary>Share of the frame the piece covers; above 1 it runs out of the picture.</summary>
    public float Fill { get; init; } = 0.8f;

    /// <summary>Radians the camera is held askew.</summary>
    public float Roll { get; init; }

    /// <summary>Displacement of the piece from the middle, in half frames.</summary>
    public Vector2 Shift { get; init; }

    /// <summary>Lens radius in multiples of the piece's radius; 0 keeps everything sharp.</summary>
    public float Aperture { get; init; }
}
