using CsCheck;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tests.Candidates;
using Search.Testing.Vectors;

namespace Search.Ann.Indexes.Tests.Lsh;

public sealed class LshIndexTests : CandidateIndexContract
{
    protected override IVectorIndexFactory Factory { get; } = new LshIndexFactory();

    protected override IVectorIndexFactory FactoryOf(ulong seed) => new LshIndexFactory(new LshOptions { Seed = seed });

    [Theory]
    [MemberData(nameof(Metrics))]
    public void AnySequenceOfWrites_KeepsEveryTableWholeAndScoresExact(VectorMetric metric)
    {
        var factory = new LshIndexFactory(new LshOptions { Tables = 4 });
        var start = new RandomVectors(1).Clustered(2_500, 6, clusters: 20);
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var (random, vectors) = (new Random(seed), new RandomVectors(seed));
            using var lsh = factory.Create(new IndexShape(metric, 6));
            using var exact = new ExactIndexFactory().Create(new IndexShape(metric, 6));
            // Across the first tables, and twice across a doubling, with removals in between.
            for (var write = 0; write < 4_000; write++)
            {
                var id = random.Next(start.Length);
                var vector = random.Next(3) == 0 ? start[id % 5] : vectors.UnitNear(start[id % 7], 0.5);
                if (random.Next(10) < 2) Assert.Equal(exact.Remove(id), lsh.Remove(id));
                else Assert.Equal(exact.Upsert(id, vector), lsh.Upsert(id, vector));
                if (write % 1_000 == 999) CheckInvariants(lsh);
            }
            var query = vectors.Unit(6);
            var truth = Search(exact, query, exact.Count).ToDictionary(found => found.Id, found => found.Score);
            foreach (var found in Search(lsh, query, 50, effort: 100))
                Assert.Equal(truth[found.Id], found.Score);
        }, iter: 5, seed: "0000000000007", threads: 1);
    }

    [Fact]
    public void Tables_AreMadeAnewAsTheIndexGrowsAndShrinks_AndServeAllAlong()
    {
        var vectors = new RandomVectors(2).Clustered(12_000, 8, clusters: 50);
        using var index = Create(VectorMetric.SquaredL2, 8);
        var designs = new HashSet<int>();
        for (var id = 0; id < vectors.Length; id++)
        {
            index.Upsert(id, vectors[id]);
            Note();
            if (id % 500 == 0) Assert.Equal(id, Search(index, vectors[id], 1, effort: 20)[0].Id);
        }
        Assert.True(designs.Count >= 3, $"{designs.Count} designs");
        CheckInvariants(index);
        var largest = designs.Max();
        for (var id = vectors.Length - 1; id >= 1_100; id--)
            index.Remove(id);
        CheckInvariants(index);
        Assert.InRange(((LshSource)Parts(index).Source).State.Serving!.Expected, 1, largest / 2);

        void Note()
        {
            if (((LshSource)Parts(index).Source).State.Serving is { } serving) designs.Add(serving.Expected);
        }
    }

    [Fact]
    public void Search_FarFromEverything_AnswersInFull()
    {
        using var index = Create(VectorMetric.SquaredL2, 8);
        foreach (var (id, vector) in new RandomVectors(3).Clustered(3_000, 8, clusters: 5, spread: 0.01).Index())
            index.Upsert(id, vector);
        Assert.Equal(20, Search(index, [1e6f, -1e6f, 0, 0, 3e5f, 0, 0, 1], 20, effort: 30).Select(found => found.Id).Distinct().Count());
        Assert.Equal(20, Search(index, [9e18f, 0, 0, 0, 0, 0, 0, 0], 20, effort: 30).Length);
    }

    [Fact]
    public void Steps_OutOfABucket_AreSortedAndLeadWhereTheyCost()
    {
        // One direction a component: a step changes one value by one, and costs the squared way to the next cell.
        var directions = new Search.Ann.Indexes.Storage.VectorRows(3);
        directions.EnsureCapacity(3);
        for (var f = 0; f < 3; f++)
        {
            directions.Row(f).Clear();
            directions.Row(f)[f] = 1;
        }
        var functions = new HashFunctions(1, 3, width: 2, reach: 0, directions, seed: 9);
        float[] at = [0.5f, 3.2f, -0.4f];
        var (costs, changes) = (new float[6], new uint[6]);
        functions.Steps(0, at, costs, changes);
        Assert.Equal([0.16, 0.25, 0.64, 1.44, 2.25, 2.56], costs.Select(cost => Math.Round(cost, 5)));
        float[][] beyond = [[0.5f, 3.2f, 0.4f], [-0.5f, 3.2f, -0.4f], [0.5f, 4.2f, -0.4f], [0.5f, 1.2f, -0.4f], [2.5f, 3.2f, -0.4f], [0.5f, 3.2f, -2.4f]];
        for (var step = 0; step < 6; step++)
            Assert.Equal(functions.Key(0, beyond[step]), functions.Key(0, at) + changes[step]);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LshOptions { Tables = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LshOptions { Functions = 31 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LshOptions { Width = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LshOptions { ExpectedCount = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LshOptions { Effort = 0 });
    }

    protected override void CheckInvariants(IVectorIndex index)
    {
        var (table, source) = Parts(index);
        var (serving, next, _) = ((LshSource)source).State;
        foreach (var tables in (HashTables?[])[serving, next])
        {
            if (tables is null) continue;
            var slots = Enumerable.Range(0, table.SlotCount).Where(tables.Contains).ToList();
            Assert.All(slots, slot => Assert.True(table.IsOccupied(slot)));
            if (tables == serving) Assert.Equal(table.OccupiedCount, slots.Count);
            for (var t = 0; t < tables.Functions.Tables; t++)
            {
                var isInPlace = true;
                foreach (var slot in slots)
                    isInPlace &= tables.SlotsOfBucket(t, tables.Places(slot)[t]).Contains(slot);
                Assert.True(isInPlace);
                Assert.Equal(slots.Count, Enumerable.Range(0, tables.BucketCount).Sum(bucket => tables.SlotsOfBucket(t, bucket).Length));
            }
        }
    }
}
