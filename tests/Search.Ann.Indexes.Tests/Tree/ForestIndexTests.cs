using CsCheck;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Tests.Candidates;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Ann.Indexes.Tree;
using Search.Testing.Vectors;

namespace Search.Ann.Indexes.Tests.Tree;

public sealed class ForestIndexTests : CandidateIndexContract
{
    protected override IVectorIndexFactory Factory { get; } = new ForestIndexFactory();

    protected override IVectorIndexFactory FactoryOf(ulong seed) => new ForestIndexFactory(new ForestOptions { Seed = seed });

    [Fact]
    public void AnySequenceOfWrites_KeepsEveryTreeWholeAndAgreesWithExact()
    {
        // Small leaves, so that they split and merge all the time.
        var factory = new ForestIndexFactory(new ForestOptions { Trees = 3, LeafSize = 8 });
        var start = new RandomVectors(1).Clustered(Forest.LeastCount + 100, 6, clusters: 20);
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var (random, vectors) = (new Random(seed), new RandomVectors(seed));
            using var forest = factory.Create(new IndexShape(VectorMetric.SquaredL2, 6));
            using var exact = new ExactIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, 6));
            for (var id = 0; id < start.Length; id++)
                Assert.Equal(exact.Upsert(id, start[id]), forest.Upsert(id, start[id]));
            for (var write = 0; write < 1_500; write++)
            {
                var id = random.Next(start.Length);
                if (write % 500 == 300) forest.Compact();
                if (random.Next(10) < 6) Assert.Equal(exact.Remove(id), forest.Remove(id));
                else Both(id, random.Next(3) == 0 ? start[id % 5] : vectors.UnitNear(start[id % 7], 0.5));
            }
            CheckInvariants(forest);
            // With an effort one below the size nothing is scanned: the leaves together must hold them all.
            for (var q = 0; q < 5; q++)
            {
                var query = vectors.Unit(6);
                Assert.Equal(Search(exact, query, 30), Search(forest, query, 30, effort: Parts(forest).Table.OccupiedCount - 1));
            }

            void Both(int id, float[] vector) => Assert.Equal(exact.Upsert(id, vector), forest.Upsert(id, vector));
        }, iter: 10, seed: "0000000000006", threads: 1);
    }

    [Fact]
    public void Removals_MergeLeaves_UntilOneIsLeft()
    {
        var vectors = new RandomVectors(2).Clustered(3_000, 8, clusters: 30);
        using var index = Create(VectorMetric.Cosine, 8);
        for (var id = 0; id < vectors.Length; id++)
            index.Upsert(id, vectors[id]);
        for (var id = 0; id < vectors.Length; id++)
            index.Remove(id);
        CheckInvariants(index);
        Assert.All(((Forest)Parts(index).Source).Trees, tree => Assert.Equal(1, tree.LeafCount - tree.FreeLeaves.Count));
    }

    [Fact]
    public void Compact_AfterManyRemovals_GivesTheirMemoryBackAndChangesNoAnswer()
    {
        var random = new RandomVectors(67);
        using var index = Create(VectorMetric.Cosine, 32);
        var vectors = random.Clustered(8_000, 32, clusters: 60);
        for (var i = 0; i < vectors.Length; i += 20)
            vectors[i] = vectors[i % 60]; // several ids a slot
        Fill(index, vectors);
        for (var id = 0; id < vectors.Length; id++)
        {
            if (id % 4 != 0) index.Remove(id);
        }
        var queries = random.Clustered(60, 32, clusters: 60);
        var (before, described, held) = (Array.ConvertAll(queries, query => Search(index, query, 10, effort: 60)), index.Describe(), HeldMemory.ArraysOf(index));
        var given = index.Compact();

        CheckInvariants(index);
        var table = Parts(index).Table;
        Assert.Equal(table.OccupiedCount, table.SlotCount);
        Assert.Equal((described.Count, described.Vectors), (index.Describe().Count, index.Describe().Vectors));
        Assert.Equal(given, described.Memory.Total - index.Describe().Memory.Total);
        Assert.InRange(index.Describe().Memory.Vectors, table.SlotCount * 32 * sizeof(float), described.Memory.Vectors / 2);
        Assert.InRange(HeldMemory.ArraysOf(index), 0, held - given * 0.99);
        Assert.Equal(before, Array.ConvertAll(queries, query => Search(index, query, 10, effort: 60)));
        Assert.Equal(0, index.Compact());

        // And it goes on, as what is read from its file does.
        using var stream = new MemoryStream();
        index.Save(stream);
        stream.Position = 0;
        using var loaded = Factory.Load(stream);
        foreach (var one in (IMutableVectorIndex[])[index, loaded])
        {
            for (var id = 0; id < vectors.Length; id += 2)
                Assert.Equal(id % 4 != 0, one.Upsert(id, vectors[id]));
            CheckInvariants(one);
        }
        foreach (var query in queries)
            Assert.Equal(Search(index, query, 10, effort: 60), Search(loaded, query, 10, effort: 60));
        for (var id = 0; id < vectors.Length; id += 2)
            Assert.InRange(Search(index, vectors[id], 1, effort: 60)[0].Score, 0.9999f, 1f);
    }

    [Fact]
    public void Compact_OfAnEmptyAndOfAnEmptiedIndex_LeavesOneThatWorks()
    {
        using var index = Create(VectorMetric.Cosine, 8);
        Assert.Equal(0, index.Compact());
        var vectors = new RandomVectors(68).Clustered(1_500, 8, clusters: 5);
        for (var round = 0; round < 2; round++)
        {
            Fill(index, vectors);
            for (var i = 0; i < vectors.Length; i++)
                index.Remove(i);
            Assert.True(index.Compact() > 0);
            Assert.Empty(Search(index, vectors[0], 10));
            CheckInvariants(index);
        }
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForestOptions { Trees = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForestOptions { Trees = 129 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForestOptions { LeafSize = 7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForestOptions { Effort = 0 });
    }

    protected override void CheckInvariants(IVectorIndex index)
    {
        var (table, source) = Parts(index);
        foreach (var tree in ((Forest)source).Trees)
        {
            var (freeSplits, freeLeaves) = (new bool[tree.SplitCount], new bool[tree.LeafCount]);
            foreach (var split in tree.FreeSplits)
                freeSplits[split] = true;
            foreach (var leaf in tree.FreeLeaves)
                freeLeaves[leaf] = true;
            Assert.True(TreeCheck.HoldsEachSlotOnce(new LiveTree(tree), freeLeaves, table.FreeSlots()));
            Assert.True(TreeCheck.IsTree(new LiveTree(tree), freeSplits, freeLeaves, index.Metric == VectorMetric.InnerProduct));
            // Eight more than three for each doubling, as the rebuilding promises, and what removals leave.
            Assert.InRange(Depth(tree, tree.Root), 0, 12 + 3 * Math.Log2(Math.Max(1, 20_000 / 8)));
        }
    }

    private static int Depth(TreeNodes tree, int reference) =>
        reference < 0 ? 0 : 1 + Math.Max(Depth(tree, tree.Split(reference).Left), Depth(tree, tree.Split(reference).Right));
}
