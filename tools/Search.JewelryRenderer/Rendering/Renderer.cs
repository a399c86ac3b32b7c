using System.Numerics;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Rendering;

/// <summary>How much work a picture is worth.</summary>
/// <param name="Size">Pixels a side.</param>
/// <param name="Samples">Samples a pixel everywhere.</param>
/// <param name="DetailSamples">Further samples where a piece is, at most 16 together with <paramref name="Samples"/>.</param>
internal sealed record Quality(int Size, int Samples, int DetailSamples)
{
    public static readonly Quality Catalogue = new(400, 4, 10);

    public static readonly Quality Sheet = new(224, 4, 6);
}

/// <summary>Draws a stage: same stage, quality and seed, same bytes.</summary>
internal static class Renderer
{
    /// <summary>Radiance over this is a stray lamp reflection; the tone curve is white well below it.</summary>
    private const float FireflyLimit = 6;

    public static Picture Draw(Stage stage, Quality quality, uint seed)
    {
        var tracer = new Tracer(stage);
        var camera = Camera.Framing(stage.FocusPoints, stage.Shot);
        var film = new Film(quality.Size);
        var exposure = stage.Exposure / MathF.Max(1e-3f, Lighting.Studio.Luminance(stage.Studio.Unoccluded(Vector3.UnitY)));
        for (var pixel = 0; pixel < film.Count.Length; pixel++) Sample(film, tracer, camera, pixel, 0, quality.Samples, seed, exposure);

        var detail = NearDetail(film);
        for (var pixel = 0; pixel < film.Count.Length; pixel++)
            if (detail[pixel]) Sample(film, tracer, camera, pixel, quality.Samples, quality.DetailSamples, seed, exposure);

        return ToneCurve.Develop(Denoiser.Filter(film), quality.Size, stage.Develop, seed);
    }

    private static void Sample(Film film, Tracer tracer, Camera camera, int pixel, int first, int count, uint seed, float exposure)
    {
        var (y, x) = Math.DivRem(pixel, film.Size);
        for (var i = first; i < first + count; i++)
        {
            var sampler = new Sampler(seed, pixel, i);
            var at = (new Vector2(x, y) + sampler.Next2()) * (2f / film.Size) - Vector2.One;
            var sample = tracer.Primary(camera.Ray(new Vector2(at.X, -at.Y), sampler.Next2()), ref sampler);
            film.Add(pixel, sample with { Radiance = sample.Radiance * exposure }, FireflyLimit);
        }
    }

    /// <summary>Pixels that show, or touch, a piece or the edge of a prop: the first samples may have missed a thin chain by a hair.</summary>
    private static bool[] NearDetail(Film film)
    {
        var near = new bool[film.Count.Length];
        for (var i = 0; i < near.Length; i++)
        {
            if (film.Shiny[i] == 0 && (film.Matte[i] == 0 || film.Matte[i] == film.Count[i])) continue;
            var (y, x) = Math.DivRem(i, film.Size);
            for (var ny = Math.Max(0, y - 1); ny <= Math.Min(film.Size - 1, y + 1); ny++)
            {
                for (var nx = Math.Max(0, x - 1); nx <= Math.Min(film.Size - 1, x + 1); nx++) near[ny * film.Size + nx] = true;
            }
        }

        return near;
    }
}
