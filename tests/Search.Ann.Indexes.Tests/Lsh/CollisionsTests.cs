using CsCheck;
using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Lsh;

namespace Search.Ann.Indexes.Tests.Lsh;

public sealed class CollisionsTests
{
    [Fact]
    public void MoveBest_OfAnyBuckets_TakesThoseInTheMost_AndAsFewMoreAsComeTogether()
    {
        var (collisions, set) = (new Collisions(), new CandidateSet<TableSlots>()); // one for all samples, as in a pool
        Gen.Select(Gen.Int[0, 400].Array[0, 30].Array[1, 40], Gen.Int[1, 200]).Sample((buckets, wanted) =>
        {
            buckets = [.. buckets.Select(bucket => bucket.Distinct().ToArray())];
            var found = Move(collisions, set, buckets, wanted);
            var times = buckets.SelectMany(bucket => bucket).CountBy(slot => slot).ToDictionary();
            Assert.Equal(times.Count, times.Keys.Union(found).Count());
            Assert.True(found.Length >= Math.Min(wanted, times.Count));
            if (found.Length == times.Count) return;
            // None left out is in more buckets than one taken, and of those in as few as any no more are taken than the last bucket brought.
            var least = found.Min(slot => times[slot]);
            Assert.True(times.Where(pair => !found.Contains(pair.Key)).All(pair => pair.Value <= least));
            Assert.InRange(found.Length, wanted, wanted + buckets.Max(bucket => bucket.Length) - 1);
        }, seed: "0000000000011", threads: 1);
    }

    [Fact]
    public void MoveBest_WhateverTheOrderWithinBuckets_TakesTheSame()
    {
        var random = new Random(3);
        var buckets = Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 25).Select(_ => random.Next(700)).Distinct().ToArray()).ToArray();
        var found = Move(new Collisions(), new CandidateSet<TableSlots>(), buckets, 100);
        foreach (var bucket in buckets)
            random.Shuffle(bucket);
        Assert.Equal(found, Move(new Collisions(), new CandidateSet<TableSlots>(), buckets, 100));
    }

    [Fact]
    public void Add_BeyondTheLimitOfACount_StaysThere()
    {
        var (collisions, set) = (new Collisions(), new CandidateSet<TableSlots>());
        collisions.Reset(10);
        for (var i = 0; i < 1_000; i++)
            collisions.Add([7]);
        for (var i = 0; i < 300; i++)
            collisions.Add([3]);
        collisions.Add([1]);
        Assert.Equal(3, collisions.Count);
        set.Reset(10, 1, 2);
        collisions.MoveBest(set);
        Assert.Equal([3, 7], set.Drain().ToArray());
    }

    private static int[] Move(Collisions collisions, CandidateSet<TableSlots> set, int[][] buckets, int wanted)
    {
        collisions.Reset(701);
        foreach (var bucket in buckets)
            collisions.Add(bucket);
        set.Reset(701, 1, wanted);
        collisions.MoveBest(set);
        Assert.Equal(0, collisions.Count);
        return set.Drain().ToArray();
    }
}
