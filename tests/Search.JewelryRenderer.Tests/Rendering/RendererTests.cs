using System.Numerics;
using Search.JewelryRenderer.Catalogue;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Tests.Rendering;

public sealed class RendererTests
{
    private static readonly Quality Tiny = new(24, 2, 1);
    private static readonly IReadOnlyList<Product> Products = Designer.Invent(1, 3);

    public static TheoryData<int> Categories => [.. Enumerable.Range(0, Designer.Categories.Count)];

    [Fact]
    public void Draw_OfTheSameShot_GivesTheSameBytesOnAnyThread()
    {
        var shots = Shot.All(Products.Take(1)).ToArray();
        var alone = shots.Select(s => s.Draw(Tiny).ToJpeg()).ToArray();
        var together = new byte[shots.Length][];
        Parallel.For(0, shots.Length, i => together[i] = shots[i].Draw(Tiny).ToJpeg());
        for (var i = 0; i < shots.Length; i++) Assert.Equal(alone[i], together[i]);
    }

    [Fact]
    public void Draw_OfAnotherSeed_GivesOtherBytes()
    {
        var other = Designer.Invent(2, 3);
        Assert.NotEqual(new Shot(Products[0], 1).Draw(Tiny).Pixels, new Shot(other[0], 1).Draw(Tiny).Pixels);
    }

    [Theory]
    [MemberData(nameof(Categories))]
    public void Draw_OfEveryCategory_ShowsSomethingBetweenBlackAndWhite(int category)
    {
        foreach (var shot in Shot.All(Products.Where(p => p.Category == Designer.Categories[category]).Take(1)).Take(2))
        {
            var pixels = shot.Draw(Tiny).Pixels;
            var light = Enumerable.Range(0, pixels.Length / 4).Select(i => (pixels[4 * i] + pixels[4 * i + 1] + pixels[4 * i + 2]) / 3.0).ToArray();
            Assert.InRange(light.Average(), 8, 247);

            // A piece is in the picture: grey levels spread wider than grain and vignette alone would.
            var mean = light.Average();
            Assert.True(Math.Sqrt(light.Average(x => (x - mean) * (x - mean))) > 4, shot.Path);
        }
    }

    [Fact]
    public void Film_CutsFireflies_AndDropsWhatIsNotANumber()
    {
        var film = new Film(1);
        film.Add(0, new PrimarySample(new Vector3(600, 150, 75), Vector3.One, Vector3.UnitY, true, Met.Shiny), 6);
        Assert.Equal(new Vector3(6, 1.5f, 0.75f), film.Radiance[0]);
        film.Add(0, new PrimarySample(new Vector3(float.NaN, 1, 1), Vector3.One, Vector3.UnitY, true, Met.Shiny), 6);
        Assert.Equal(new Vector3(6, 1.5f, 0.75f), film.Radiance[0]);
        Assert.Equal(2, film.Count[0]);
    }

    [Fact]
    public void Sampler_FillsTheSquareEvenly()
    {
        // 16 samples of each of 64 pixels: the mean of x*y over the unit square is 1/4.
        var sum = 0.0;
        for (var pixel = 0; pixel < 64; pixel++)
            for (var i = 0; i < 16; i++)
            {
                var u = new Sampler(3, pixel, i).Next2();
                Assert.InRange(u.X, 0, 1);
                Assert.InRange(u.Y, 0, 1);
                sum += u.X * u.Y;
            }

        Assert.Equal(0.25, sum / 1024, 0.02);
    }
}
