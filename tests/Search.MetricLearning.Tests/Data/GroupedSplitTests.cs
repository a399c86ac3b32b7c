using CsCheck;
using Search.MetricLearning.Data;

namespace Search.MetricLearning.Tests.Data;

public sealed class GroupedSplitTests
{
    [Fact]
    public void Divide_AnyGroups_PutsEachPhotoOnOneSideAndNeverSeparatesAGroup() =>
        Gen.Select(Gen.Int[0, 40].Array[2, 150], Gen.Int[0, 100]).Sample((groups, seed) =>
        {
            var photos = Photos(groups.Length);
            var split = GroupedSplit.Divide(photos, groups, new SplitOptions { Seed = seed });

            var sides = photos.Select(p => (
                Training: split.Training.Any(g => g.Contains(p.ContentHash)),
                HeldOut: split.HeldOut.Any(g => g.Contains(p.ContentHash)))).ToArray();
            Assert.All(sides, side => Assert.True(side.Training ^ side.HeldOut));
            foreach (var group in groups.Select((g, i) => (g, i)).GroupBy(p => p.g, p => p.i))
                Assert.Single(group.Select(i => sides[i]).Distinct());
        }, iter: 100, seed: "0000KDy5c1M3");

    [Fact]
    public void Divide_SinglePhotos_HoldsOutTheShareOfEachCategory()
    {
        var photos = Photos(400);
        var split = GroupedSplit.Divide(photos, [.. Enumerable.Range(0, 400)], new SplitOptions());
        var heldOut = split.HeldOut.SelectMany(g => g).ToHashSet();
        foreach (var category in photos.GroupBy(p => p.Category))
            Assert.Equal(0.2 * category.Count(), category.Count(p => heldOut.Contains(p.ContentHash)), 1.0);
    }

    [Fact]
    public void Divide_RenamedAndReorderedPhotos_IsTheSame()
    {
        var photos = Photos(100);
        var groups = Enumerable.Range(0, 100).Select(i => i / 2).ToArray();
        var order = Enumerable.Range(0, 100).Reverse().ToArray();
        var first = GroupedSplit.Divide(photos, groups, new SplitOptions());
        var second = GroupedSplit.Divide(
            [.. order.Select(i => photos[i] with { Path = $"elsewhere/{i}.jpg" })], [.. order.Select(i => groups[i])], new SplitOptions());
        Assert.Equal(first.ToJson(), second.ToJson());
    }

    [Fact]
    public void Divide_AnotherSeed_HoldsOutOthers()
    {
        var photos = Photos(100);
        var groups = Enumerable.Range(0, 100).ToArray();
        Assert.NotEqual(
            GroupedSplit.Divide(photos, groups, new SplitOptions { Seed = 1 }).ToJson(),
            GroupedSplit.Divide(photos, groups, new SplitOptions { Seed = 2 }).ToJson());
    }

    [Fact]
    public void Divide_AfterAnEarlierDivision_NeverHoldsOutWhatWasTrainedOn() =>
        Gen.Select(Gen.Int[0, 40].Array[2, 150], Gen.Int[2, 150], Gen.Int[0, 100]).Sample((groups, known, seed) =>
        {
            var photos = Photos(groups.Length);
            known = Math.Min(known, photos.Length);
            var earlier = GroupedSplit.Divide(photos[..known], groups[..known], new SplitOptions { Seed = seed });
            var split = GroupedSplit.Divide(photos, groups, new SplitOptions { Seed = seed + 1 }, earlier);

            var (trained, heldOut) = (earlier.Training.SelectMany(g => g).ToHashSet(), split.HeldOut.SelectMany(g => g).ToHashSet());
            Assert.Empty(heldOut.Intersect(trained));
            Assert.Subset(heldOut, earlier.HeldOut.SelectMany(g => g).ToHashSet());
            Assert.Equal(photos.Length, split.Training.Concat(split.HeldOut).Sum(g => g.Count));
        }, iter: 100, seed: "0000KDy5c1M3");

    [Fact]
    public void Divide_MorePhotosThanEarlier_HoldsOutTheShareOfEachCategoryAgain()
    {
        var photos = Photos(400);
        int[] groups = [.. Enumerable.Range(0, 400)];
        var earlier = GroupedSplit.Divide(photos[..200], groups[..200], new SplitOptions { Seed = 1 });
        var heldOut = GroupedSplit.Divide(photos, groups, new SplitOptions { Seed = 2 }, earlier).HeldOut.SelectMany(g => g).ToHashSet();
        foreach (var category in photos.GroupBy(p => p.Category))
            Assert.Equal(0.2 * category.Count(), category.Count(p => heldOut.Contains(p.ContentHash)), 1.0);
    }

    [Fact]
    public void WithoutHeldOut_OfAnotherDivision_LeavesGroupsThatNeitherTrainedOn()
    {
        var photos = Photos(200);
        int[] groups = [.. Enumerable.Range(0, 200).Select(i => i / 2)];
        var (mine, other) = (GroupedSplit.Divide(photos, groups, new SplitOptions { Seed = 1 }), GroupedSplit.Divide(photos, groups, new SplitOptions { Seed = 2 }));
        var left = mine.WithoutHeldOut(other);
        Assert.Equal(mine.Training, left.Training);
        Assert.Equal(mine.HeldOut.Where(group => other.HeldOut.Any(held => held[0] == group[0])), left.HeldOut);
        Assert.NotEqual(mine.HeldOut.Count, left.HeldOut.Count);
        Assert.Equal(mine.HeldOut, mine.WithoutHeldOut(mine).HeldOut);
    }

    [Fact]
    public void Manifest_WrittenAndRead_IsTheSame()
    {
        var manifest = GroupedSplit.Divide(Photos(30), [.. Enumerable.Range(0, 30).Select(i => i / 3)], new SplitOptions { Seed = 7 });
        Assert.Equal(manifest.ToJson(), SplitManifest.FromJson(manifest.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"format":2,"seed":1,"heldOutShare":0.2,"training":[],"heldOut":[]}""")]
    [InlineData("""{"format":1,"seed":1,"heldOutShare":0.2,"training":[["a"]],"heldOut":[["b","a"]]}""")]
    [InlineData("""{"format":1,"seed":1,"heldOutShare":0.2,"training":[["a","a"]],"heldOut":[]}""")]
    [InlineData("""{"format":1,"seed":1,"heldOutShare":0.2,"training":[[null]],"heldOut":[]}""")]
    [InlineData("""{"format":1,"seed":1,"heldOutShare":0.2,"training":[null],"heldOut":[]}""")]
    [InlineData("""{"format":1,"seed":1,"heldOutShare":0.2,"training":null,"heldOut":[]}""")]
    public void Manifest_NotOneOrWithAPhotoTwice_IsRefused(string json) =>
        Assert.Throws<InvalidDataException>(() => SplitManifest.FromJson(json));

    private static LabelledPhoto[] Photos(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new LabelledPhoto($"{i}.jpg", $"category {i % 3}", $"hash {i:D4}"))];
}
