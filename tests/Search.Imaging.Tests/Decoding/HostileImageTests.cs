using Search.Testing.Images;

namespace Search.Imaging.Tests.Decoding;

public class HostileImageTests
{
    public static TheoryData<string> Names => [.. HostileImages.All.Select(image => image.Name)];

    [Fact]
    public void HostileImages_AreManyAndNamedOnce()
    {
        Assert.True(HostileImages.All.Count >= 200);
        Assert.Equal(HostileImages.All.Count, HostileImages.All.Select(image => image.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_HostileImage_GivesTheExpectedAnswer(string name)
    {
        var hostile = HostileImages.All.Single(image => image.Name == name);
        var status = Status(hostile.Bytes);
        Assert.True(hostile.Allows(status), $"{name}: {status} and not {hostile.ExpectedStatus}");
    }

    /// <summary>The gateway's mapping.</summary>
    private static int Status(byte[] bytes)
    {
        try
        {
            var definition = new ImagePreprocessing { Width = 64, Height = 64 };
            var values = new float[definition.ValueCount];
            ImagePreprocessor.Write(bytes, definition, values);
            Assert.All(values, value => Assert.InRange(value, -1, 1));
            return 200;
        }
        catch (ImageRejectedException e)
        {
            return e.Reason switch
            {
                ImageRejection.UnsupportedType => 415,
                ImageRejection.TooManyBytes => 413,
                ImageRejection.TooManyPixels => 422,
                _ => 400,
            };
        }
    }
}
