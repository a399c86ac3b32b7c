using System.Numerics;
using Search.JewelryRenderer.Rendering;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Tests.Rendering;

public sealed class DenoiserTests
{
    private const int Size = 24;

    [Fact]
    public void Filter_OfANoisyFlatSurface_LeavesATenthOfTheVariance()
    {
        var film = Noisy(smooth: true, _ => Vector3.UnitY);
        var before = Variance([.. film.Radiance.Select((c, i) => c.X / film.Count[i])]);
        var after = Variance([.. Denoiser.Filter(film).Select(c => c.X)]);
        Assert.True(after < before / 10, $"{before} -> {after}");
    }

    [Fact]
    public void Filter_LeavesStonesAlone()
    {
        var film = Noisy(smooth: false, _ => Vector3.UnitY);
        var filtered = Denoiser.Filter(film);
        for (var i = 0; i < filtered.Length; i++) Assert.Equal(film.Radiance[i].X / film.Count[i], filtered[i].X, 1e-5f);
    }

    [Fact]
    public void Filter_DoesNotMixAcrossAnEdgeOfTheGeometry()
    {
        var film = new Film(Size);
        for (var i = 0; i < Size * Size; i++)
        {
            var left = i % Size < Size / 2;
            film.Add(i, new PrimarySample(new Vector3(left ? 0.2f : 0.8f), Vector3.One, left ? Vector3.UnitY : Vector3.UnitZ, true, Met.Floor), 6);
        }

        var filtered = Denoiser.Filter(film);
        for (var i = 0; i < filtered.Length; i++) Assert.Equal(i % Size < Size / 2 ? 0.2f : 0.8f, filtered[i].X, 1e-4f);
    }

    private static Film Noisy(bool smooth, Func<int, Vector3> normal)
    {
        var film = new Film(Size);
        var random = new Randomness(5);
        for (var i = 0; i < Size * Size; i++)
            for (var s = 0; s < 4; s++)
                film.Add(i, new PrimarySample(new Vector3(random.Between(0.3f, 0.7f)), Vector3.One, normal(i), smooth, Met.Shiny), 6);
        return film;
    }

    private static double Variance(float[] values)
    {
        var mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }
}
