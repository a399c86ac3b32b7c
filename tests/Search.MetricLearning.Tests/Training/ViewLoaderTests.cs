using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Data;
using Search.MetricLearning.Training;
using TorchSharp;

namespace Search.MetricLearning.Tests.Training;

public sealed class ViewLoaderTests
{
    private const int Side = 40;

    private static readonly ViewAugmentation s_shop = new(AugmentationOptions.None), s_shopper = new(new AugmentationOptions { Shopper = 1 });

    [Fact]
    public void Augmented_TwoKindsOfViews_GivesTheFirstOfEachPairTheFirstKind()
    {
        var set = Set();
        using var both = new ViewLoader(set, s_shop, s_shopper, new ImagePreprocessing(), seed: 1).Augmented([0, 0, 1, 1], 32, round: 3);
        using var shop = new ViewLoader(set, s_shop, new ImagePreprocessing(), seed: 1).Augmented([0, 0, 1, 1], 32, round: 3);
        using var shopper = new ViewLoader(set, s_shopper, new ImagePreprocessing(), seed: 1).Augmented([0, 0, 1, 1], 32, round: 3);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(i % 2 == 0, Row(both, i).SequenceEqual(Row(shop, i)));
            Assert.Equal(i % 2 == 1, Row(both, i).SequenceEqual(Row(shopper, i)));
        }
    }

    [Fact]
    public void Augmented_PieceCutOutBefore_GivesTheViewsOfAFreshLoader()
    {
        var set = Set();
        var used = new ViewLoader(set, s_shopper, new ImagePreprocessing(), seed: 1);
        used.Augmented([0, 1, 1, 0], 32, round: 0).Dispose();
        using var again = used.Augmented([1, 0], 32, round: 1);
        using var fresh = new ViewLoader(set, s_shopper, new ImagePreprocessing(), seed: 1).Augmented([1, 0], 32, round: 1);
        Assert.All(Enumerable.Range(0, 2), i => Assert.Equal(Row(fresh, i), Row(again, i)));
    }

    [Fact]
    public void Augmented_MirroredPairs_MirrorsBothViewsOfAPairAndNothingElse()
    {
        var set = Set();
        int[] photos = [.. Enumerable.Repeat(0, 40)];
        using var straight = new ViewLoader(set, s_shop, s_shopper, new ImagePreprocessing(), seed: 1).Augmented(photos, 32, round: 3);
        using var mirrored = new ViewLoader(set, s_shop, s_shopper, new ImagePreprocessing(), seed: 1, mirroredPairs: 0.5).Augmented(photos, 32, round: 3);
        using var reversed = straight.flip(3);
        bool[] isMirrored = [.. Enumerable.Range(0, 40).Select(i => Row(mirrored, i).SequenceEqual(Row(reversed, i)) && !Row(mirrored, i).SequenceEqual(Row(straight, i)))];
        Assert.All(Enumerable.Range(0, 40).Where(i => !isMirrored[i]), i => Assert.Equal(Row(straight, i), Row(mirrored, i)));
        Assert.All(isMirrored.Chunk(2), pair => Assert.Equal(pair[0], pair[1]));
        Assert.InRange(isMirrored.Count(m => m), 8, 32);
    }

    private static float[] Row(torch.Tensor views, int i) => views[i].contiguous().data<float>().ToArray();

    private static TrainingSet Set()
    {
        var random = new Random(1);
        return new TrainingSet(Side, [Ring(), Ring()], [0, 1], [0, 1]);

        byte[] Ring()
        {
            var pixels = new byte[3 * Side * Side];
            var radius = random.Next(8, 14);
            for (var i = 0; i < Side * Side; i++)
                pixels.AsSpan(3 * i, 3).Fill(i % Side < 26 && Math.Abs(Math.Sqrt(Math.Pow(i % Side - 20, 2) + Math.Pow(i / Side - 20, 2)) - radius) < 3 ? (byte)120 : (byte)255);
            return pixels;
        }
    }
}
