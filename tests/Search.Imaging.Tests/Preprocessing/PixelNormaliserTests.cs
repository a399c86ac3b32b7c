namespace Search.Imaging.Tests.Preprocessing;

public class PixelNormaliserTests
{
    private static readonly float[] s_scale = [1 / 58.395f, 1 / 57.12f, 1 / 57.375f];
    private static readonly float[] s_offset = [-2.1f, -2.03f, -1.8f];

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(48)]
    [InlineData(1000)]
    public void Normalise_AnyLength_IsBitEqualToItsScalarTwin(int pixels)
    {
        var rgb = new byte[pixels * 3];
        new Random(pixels).NextBytes(rgb);
        float[] r = new float[pixels], g = new float[pixels], b = new float[pixels];
        float[] r1 = new float[pixels], g1 = new float[pixels], b1 = new float[pixels];

        PixelNormaliser.Normalise(rgb, s_scale, s_offset, r, g, b);
        PixelNormaliser.NormaliseScalar(rgb, s_scale, s_offset, r1, g1, b1);

        Assert.Equal(r1, r);
        Assert.Equal(g1, g);
        Assert.Equal(b1, b);
    }
}
