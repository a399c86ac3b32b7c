namespace Search.Imaging.Tests.Resampling;

public class ResamplerTests
{
    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 262, 262, 224, 224 },
        { 500, 333, 224, 149 },
        { 17, 9, 64, 64 },
        { 1, 1, 32, 32 },
        { 3, 200, 5, 7 },
        { 2000, 1, 224, 1 },
        { 64, 64, 64, 64 },
        { 41, 37, 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Resize_BothFilters_AreBitEqualToNestedLoops(int width, int height, int toWidth, int toHeight)
    {
        using var image = Pictures.Noise(width, height, seed: width + height);
        foreach (var filter in Enum.GetValues<ResamplingFilter>())
        {
            var box = new SourceBox(0, 0, width, height);
            var fast = new byte[toWidth * toHeight * 3];
            Resampler.Resize(image.Pixels, width, height, box, filter, fast, toWidth, toHeight, toWidth * 3, 3);
            Assert.Equal(NestedLoops(image, box, filter, toWidth, toHeight), fast);
        }
    }

    [Fact]
    public void Resize_PartOfAPicture_IsBitEqualToNestedLoops()
    {
        using var image = Pictures.Noise(301, 203);
        var box = new SourceBox(49.5, 0, 202, 203);
        var fast = new byte[64 * 64 * 3];
        Resampler.Resize(image.Pixels, 301, 203, box, ResamplingFilter.CatmullRom, fast, 64, 64, 64 * 3, 3);
        Assert.Equal(NestedLoops(image, box, ResamplingFilter.CatmullRom, 64, 64), fast);
    }

    [Theory]
    [InlineData(7, 300)]
    [InlineData(300, 7)]
    [InlineData(1, 1)]
    public void Resize_FlatPicture_StaysExactlyFlat(int width, int height)
    {
        using var image = Pictures.Flat(width, height, 255, 1, 128);
        foreach (var filter in Enum.GetValues<ResamplingFilter>())
        {
            var resized = new byte[50 * 50 * 3];
            Resampler.Resize(image.Pixels, width, height, new(0, 0, width, height), filter, resized, 50, 50, 150, 3);
            Assert.All(resized.Chunk(3), pixel => Assert.Equal([255, 1, 128], pixel));
        }
    }

    [Fact]
    public void Resize_SameSize_CopiesThePicture()
    {
        using var image = Pictures.Noise(33, 21);
        var copy = new byte[33 * 21 * 4];
        Resampler.Resize(image.Pixels, 33, 21, new(0, 0, 33, 21), ResamplingFilter.CatmullRom, copy, 33, 21, 33 * 4, 4);
        Assert.Equal(image.Pixels.ToArray(), copy);
    }

    [Fact]
    public void Resize_FineCheckerboard_AveragesToGreyInsteadOfAliasing()
    {
        var rgba = new byte[500 * 500 * 4];
        for (var i = 0; i < 500 * 500; i++)
            rgba.AsSpan(i * 4, 4).Fill((((i % 500) + (i / 500)) & 1) == 0 ? (byte)255 : (byte)0);
        var resized = new byte[61 * 61 * 3];
        Resampler.Resize(rgba, 500, 500, new(0, 0, 500, 500), ResamplingFilter.Triangle, resized, 61, 61, 61 * 3, 3);
        Assert.All(resized, value => Assert.InRange(value, 124, 131));
    }

    /// <summary>The definition, pixel by pixel, with the same order of float operations.</summary>
    private static byte[] NestedLoops(DecodedImage image, SourceBox box, ResamplingFilter filter, int toWidth, int toHeight)
    {
        using var columns = AxisWeights.Create(image.Width, box.X, box.Width, toWidth, filter);
        using var rows = AxisWeights.Create(image.Height, box.Y, box.Height, toHeight, filter);
        var result = new byte[toWidth * toHeight * 3];
        for (var y = 0; y < toHeight; y++)
        {
            for (var x = 0; x < toWidth; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    var sum = 0f;
                    for (var i = 0; i < columns.Weights(x).Length; i++)
                    {
                        var column = 0f;
                        for (var j = 0; j < rows.Weights(y).Length; j++)
                        {
                            var at = (((rows.Starts[y] + j) * image.Width) + columns.Starts[x] + i) * 4;
                            column += rows.Weights(y)[j] * image.Pixels[at + c];
                        }

                        sum += columns.Weights(x)[i] * column;
                    }

                    result[(((y * toWidth) + x) * 3) + c] = (byte)Math.Clamp(sum + 0.5f, 0, 255);
                }
            }
        }

        return result;
    }
}
