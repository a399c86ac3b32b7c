using SkiaSharp;

namespace Search.Imaging.Tests.Duplicates;

public class PerceptualHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void Compute_FlatPicture_IsZero(byte grey)
    {
        using var image = Pictures.Flat(100, 60, grey, grey, grey);
        Assert.Equal(0ul, PerceptualHash.Compute(image));
    }

    [Fact]
    public void Compute_ScaledAndRecompressed_StaysClose()
    {
        using var original = Pictures.Scene(900, 700);
        var hash = PerceptualHash.Compute(original);
        foreach (var quality in (int[])[95, 60, 25])
        {
            foreach (var shrink in (int?[])[null, 224, 100])
            {
                using var copy = ImageDecoder.Decode(Pictures.Encode(original, SKEncodedImageFormat.Jpeg, quality), shrinkToMinSide: shrink);
                Assert.InRange(PerceptualHash.Distance(hash, PerceptualHash.Compute(copy)), 0, 6);
            }
        }
    }

    [Fact]
    public void Compute_UnrelatedPictures_AreAboutHalfTheBitsApart()
    {
        var hashes = Enumerable.Range(0, 12).Select(seed =>
        {
            using var noise = Pictures.Noise(64, 64, seed);
            return PerceptualHash.Compute(noise);
        }).ToArray();
        for (var i = 0; i < hashes.Length; i++)
        {
            // The median splits the bits evenly.
            Assert.Equal(32, PerceptualHash.Distance(hashes[i], 0));
            for (var j = 0; j < i; j++)
                Assert.InRange(PerceptualHash.Distance(hashes[i], hashes[j]), 14, 50);
        }
    }

    [Fact]
    public void Compute_EqualsTheTransformWrittenOut()
    {
        using var image = Pictures.Noise(32, 32, seed: 5); // already 32 × 32: no resize in between
        var coefficients = new double[64];
        for (var i = 0; i < 64; i++)
        {
            for (var y = 0; y < 32; y++)
            {
                for (var x = 0; x < 32; x++)
                {
                    var at = ((y * 32) + x) * 4;
                    var luma = (0.299 * image.Pixels[at]) + (0.587 * image.Pixels[at + 1]) + (0.114 * image.Pixels[at + 2]);
                    coefficients[i] += luma * Math.Cos(Math.PI / 32 * (x + 0.5) * ((i % 8) + 1)) * Math.Cos(Math.PI / 32 * (y + 0.5) * ((i / 8) + 1));
                }
            }
        }

        var sorted = coefficients.Order().ToArray();
        var median = (sorted[31] + sorted[32]) / 2;
        var expected = 0ul;
        for (var i = 0; i < 64; i++)
            expected |= coefficients[i] > median ? 1ul << i : 0;
        Assert.Equal(expected, PerceptualHash.Compute(image));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(ulong.MaxValue, 0, 64)]
    [InlineData(0b1011, 0b0001, 2)]
    public void Distance_CountsDifferingBits(ulong a, ulong b, int expected) => Assert.Equal(expected, PerceptualHash.Distance(a, b));
}
