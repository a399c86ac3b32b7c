using CsCheck;

namespace Search.Vectors.Tests;

public sealed class TopKTests
{
    // Few distinct scores, so that ties are the rule and not the exception.
    private static readonly Gen<(int K, ScoredId[] Offered)> _streams =
        Gen.Select(Gen.Int[0, 12], Gen.Select(Gen.Long[-20, 20], Gen.Int[-3, 3], (id, score) => new ScoredId(id, score)).Array[0, 40]);

    [Fact]
    public void TopK_OfAnyStream_EqualsTheSortedPrefix() => _streams.Sample(
        stream => Assert.Equal(stream.Offered.Order().Take(stream.K), Best(stream.K, stream.Offered)), seed: "0000000000001", iter: 5_000);

    [Fact]
    public void TopK_OfTheSameStreamBackwards_GivesTheSameAnswer() => _streams.Sample(
        stream => Assert.Equal(Best(stream.K, stream.Offered), Best(stream.K, [.. stream.Offered.Reverse()])), seed: "0000000000002", iter: 2_000);

    [Fact]
    public void Threshold_RejectsNothingUntilFull_ThenIsTheWorstKept()
    {
        var top = new TopK(new ScoredId[2]);
        Assert.Equal(float.NegativeInfinity, top.Threshold);
        top.Offer(1, 5);
        Assert.Equal(float.NegativeInfinity, top.Threshold);
        top.Offer(2, 3);
        Assert.Equal(3, top.Threshold);
        top.Offer(3, 4);
        Assert.Equal(4, top.Threshold);
    }

    [Fact]
    public void Offer_OfNaN_IsNeverTaken()
    {
        var top = new TopK(new ScoredId[2]);
        Assert.False(top.Offer(1, float.NaN));
        Assert.Equal(0, top.Count);
    }

    [Fact]
    public void Offer_WithNoStorage_TakesNothing()
    {
        var top = new TopK([]);
        Assert.False(top.Offer(1, float.PositiveInfinity));
        Assert.Equal(float.PositiveInfinity, top.Threshold);
        Assert.Equal(0, top.Sort());
    }

    private static ScoredId[] Best(int k, ScoredId[] offered)
    {
        var storage = new ScoredId[k];
        var top = new TopK(storage);
        foreach (var candidate in offered)
            top.Offer(candidate.Id, candidate.Score);
        return storage[..top.Sort()];
    }

    [Fact]
    public void OfferAll_InPartsAndWithPauses_KeepsWhatOffersOneByOneKeep()
    {
        // Few different scores, so that ids decide; NaN has no place.
        var score = Gen.OneOf(Gen.Int[0, 9].Select(i => (float)i), Gen.Const(float.NaN), Gen.Const(float.NegativeInfinity), Gen.Const(float.PositiveInfinity));
        Gen.Select(score.Array[0, 120], Gen.Int[0, 20], Gen.Int[0, 120]).Sample((scores, k, cut) =>
        {
            var ids = Enumerable.Range(0, scores.Length).Select(i => (long)(i * 37 % 101)).ToArray();
            cut = Math.Min(cut, scores.Length);
            var (one, many) = (new ScoredId[k], new ScoredId[k]);
            var singly = new TopK(one);
            for (var i = 0; i < scores.Length; i++)
                singly.Offer(ids[i], scores[i]);
            var first = new TopK(many);
            first.OfferAll(ids.AsSpan(0, cut), scores.AsSpan(0, cut));
            var second = new TopK(many, first.Count);
            second.OfferAll(ids.AsSpan(cut), scores.AsSpan(cut));
            Assert.Equal(one[..singly.Sort()], many[..second.Sort()]);
        }, seed: "0000000000003", threads: 1);
        Assert.Throws<ArgumentException>(() => new TopK(new ScoredId[1]).OfferAll([1, 2], [1f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopK(new ScoredId[1], 2).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopK(new ScoredId[1], -1).Count);
    }
}
