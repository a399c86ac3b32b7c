using Search.Testing.Vectors;

namespace Search.Vectors.Tests;

public sealed class NormalizationTests
{
    [Fact]
    public void TryNormalize_AtEveryDimension_EqualsTheScalarTwin()
    {
        var random = new RandomVectors(3);
        foreach (var dimension in (int[])[.. Enumerable.Range(1, 200), 1280])
        {
            var fast = random.Gaussian(dimension);
            var slow = fast.ToArray();
            Assert.True(VectorKernels.TryNormalize(fast));
            Assert.True(ScalarKernels.TryNormalize(slow));
            Assert.True(VectorKernels.IsUnitLength(fast));
            for (var i = 0; i < dimension; i++)
                Assert.Equal(slow[i], fast[i], 1e-6f);
        }
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    [InlineData(1e-42f)] // a denormal
    [InlineData(float.MaxValue)]
    public void TryNormalize_WhereFloat32WouldOverflowOrVanish_StillReachesUnitLength(float component)
    {
        var vector = Enumerable.Repeat(component, 100).ToArray();
        Assert.True(VectorKernels.TryNormalize(vector));
        Assert.All(vector, c => Assert.Equal(0.1f, c, 1e-6f));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void TryNormalize_OfAVectorWithoutDirection_SaysSoAndLeavesItAlone(float component)
    {
        var vector = Enumerable.Repeat(component, 19).ToArray();
        Assert.False(VectorKernels.TryNormalize(vector));
        Assert.All(vector, c => Assert.Equal(component, c));
    }

    [Fact]
    public void IsUnitLength_JudgesTheLengthWithinItsTolerance()
    {
        float[] unit = [0.6f, 0.8f];
        Assert.True(VectorKernels.IsUnitLength(unit));
        Assert.False(VectorKernels.IsUnitLength([0.6f, 0.81f]));
        Assert.False(VectorKernels.IsUnitLength([0f, 0f]));
        Assert.False(VectorKernels.IsUnitLength([float.NaN, 1f]));
    }
}
