using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.Vectors;

namespace Search.MetricLearning.Tests.HardNegatives;

/// <summary>Thirty pieces of two photos each around random points of the sphere, with neighbours planted beside piece 0.</summary>
public sealed class HardNegativeMinerTests
{
    private const int Pieces = 30, Dimension = 16;

    private static readonly HardNegativeOptions s_options = new() { Neighbours = 20, PerPhoto = 4, FalseNegativeFloor = -1 };

    [Fact]
    public void Mine_AnotherPieceNearby_IsFound()
    {
        var world = new World();
        var near = world.Add(piece: 100, cosine: 0.8);
        var found = Mine(world);
        Assert.Equal(near, found.ByPhoto[0][0].Id);
        Assert.Equal(0.8, found.ByPhoto[0][0].Score, 1e-5);
    }

    [Theory]
    [InlineData("bytes", NeighbourVerdict.NearDuplicate)]
    [InlineData("hash", NeighbourVerdict.NearDuplicate)]
    [InlineData("features", NeighbourVerdict.NearDuplicate)]
    [InlineData("series", NeighbourVerdict.LikelyFalseNegative)]
    [InlineData("nearer", NeighbourVerdict.LikelyFalseNegative)]
    [InlineData("piece", NeighbourVerdict.SamePiece)]
    public void Mine_PlantedFalseNegative_IsLeftOut(string sort, NeighbourVerdict verdict)
    {
        var (clean, world) = (new World(), new World());
        foreach (var w in (World[])[clean, world])
            w.Add(piece: 100, cosine: 0.8);
        var planted = sort switch
        {
            "bytes" => world.Add(101, 0.85, hash: ulong.MaxValue, content: "content 0"),
            // Six bits of the first photo's hash, then sixteen.
            "hash" => world.Add(101, 0.85, hash: world.Photos[0].PerceptualHash ^ 0b111111),
            "features" => world.Add(101, 0.85, features: world.Photos[0].Features.ToArray()),
            "series" => world.Add(101, 0.85, hash: world.Photos[0].PerceptualHash ^ 0xffff, path: "shop/ring-123456_2.jpg"),
            "nearer" => world.Add(101, 0.97),
            _ => world.Add(0, 0.85),
        };
        var (before, after) = (Mine(clean), Mine(world));
        Assert.DoesNotContain(planted, after.ByPhoto[0].Select(n => n.Id));
        Assert.Equal(before.ByPhoto[0].Select(n => n.Id), after.ByPhoto[0].Select(n => n.Id));
        Assert.True(after.Verdicts[verdict] > before.Verdicts[verdict]);
    }

    [Fact]
    public void Mine_NearDuplicateOptionsOff_FindsThePlantedOnesAgain()
    {
        var world = new World();
        var planted = world.Add(101, 0.97);
        Assert.Contains(planted, Mine(world, s_options with { FalseNegativeMargin = 2 }).ByPhoto[0].Select(n => n.Id));
    }

    [Fact]
    public void Mine_AnySet_EqualsNestedLoops()
    {
        var world = new World();
        for (var i = 0; i < 20; i++)
            world.Add(200 + i / 2, 0.3 + 0.03 * i);
        var found = Mine(world, s_options with { Neighbours = world.Photos.Count });
        for (var a = 0; a < world.Photos.Count; a++)
        {
            var positive = Enumerable.Range(0, world.Photos.Count).Where(p => p != a && world.Labels[p] == world.Labels[a]).Select(p => Cosine(world, a, p))
                .DefaultIfEmpty(double.PositiveInfinity).Max();
            var expected = Enumerable.Range(0, world.Photos.Count)
                .Where(n => world.Labels[n] != world.Labels[a] && Cosine(world, a, n) <= positive + 0.05)
                .OrderByDescending(n => Cosine(world, a, n)).DistinctBy(n => world.Labels[n]).Take(4);
            Assert.Equal(expected.Select(n => (long)n), found.ByPhoto[a].Select(n => n.Id));
        }
    }

    [Fact]
    public void Mine_PieceOfOnePhoto_IsJudgedByAViewOfItself()
    {
        var world = new World();
        var lonely = world.Add(300, 0.1);
        world.AddNear(lonely, piece: 301, cosine: 0.7);
        long[] Found(params IReadOnlyList<float> views) => [.. Mine(world, s_options, views).ByPhoto[lonely].Select(n => n.Id)];
        var near = world.Photos.Count - 1;
        Assert.Equal(near, Found()[0]);
        Assert.Equal(near, Found([.. world.Photos.Select(_ => 0.9f)])[0]);
        Assert.DoesNotContain(near, Found([.. world.Photos.Select(_ => 0.6f)]));
    }

    [Fact]
    public void Mine_PositivesThatAreFar_CountAsNearAsTheFloor()
    {
        var world = new World();
        var lonely = world.Add(300, 0.1);
        world.AddNear(lonely, piece: 301, cosine: 0.7);
        var near = world.AddNear(lonely, piece: 302, cosine: 0.9);
        float[] views = [.. world.Photos.Select(_ => 0.2f)];
        var found = Mine(world, s_options with { FalseNegativeFloor = 0.8 }, views).ByPhoto[lonely].Select(n => n.Id).ToArray();
        Assert.Equal(near - 1, found[0]);
        Assert.DoesNotContain(near, found);
    }

    [Fact]
    public void Mine_SourceWithOtherOrderScoresAndIds_GivesTheSame()
    {
        var world = new World();
        world.Add(100, 0.8);
        using var exact = new ExhaustiveIndexer().Index(world.Embeddings);
        using var sloppy = new Sloppy(exact, world.Photos.Count);
        var miner = new HardNegativeMiner(s_options);
        Assert.Equal(miner.Mine(world.Round(), exact).ByPhoto, miner.Mine(world.Round(), sloppy).ByPhoto);
    }

    [Fact]
    public void Mine_NumbersThatDisagree_AreRefused()
    {
        var world = new World();
        using var source = new ExhaustiveIndexer().Index(world.Embeddings);
        Assert.Throws<ArgumentException>(() => new HardNegativeMiner(s_options).Mine(world.Round() with { Pieces = [1] }, source));
        Assert.Throws<ArgumentException>(() => new HardNegativeMiner(s_options).Mine(world.Round() with { ViewSimilarities = [1] }, source));
    }

    [Fact]
    public void Nearest_Exhaustive_IsBestFirstAndNoMoreThanThereAre()
    {
        var world = new World();
        using var source = new ExhaustiveIndexer().Index(world.Embeddings);
        var all = source.Nearest(world.Embeddings[3].Span, 1000);
        Assert.Equal(world.Photos.Count, all.Count);
        Assert.Equal(3, all[0].Id);
        Assert.Equal(all.Order(), all);
    }

    private static HardNegativeSet Mine(World world, HardNegativeOptions? options = null, IReadOnlyList<float>? views = null)
    {
        using var source = new ExhaustiveIndexer().Index(world.Embeddings);
        return new HardNegativeMiner(options ?? s_options).Mine(world.Round() with { ViewSimilarities = views ?? [] }, source);
    }

    private static double Cosine(World world, int a, int b) => VectorKernels.Dot(world.Embeddings[a].Span, world.Embeddings[b].Span);

    private sealed class World
    {
        private readonly Random _random = new(1);

        public World()
        {
            for (var piece = 0; piece < Pieces; piece++)
            {
                Insert(piece, Direction(), null, null, null, null);
                AddNear(Photos.Count - 1, piece, 0.9);
            }
        }

        public List<PhotoEvidence> Photos { get; } = [];

        public List<int> Labels { get; } = [];

        public List<ReadOnlyMemory<float>> Embeddings { get; } = [];

        public MiningRound Round() => new(Photos, Labels, Embeddings, []);

        /// <summary>A photo at a cosine from the first one.</summary>
        public int Add(int piece, double cosine, ulong? hash = null, string? content = null, float[]? features = null, string? path = null) =>
            Insert(piece, Near(0, cosine), hash, content, features, path);

        public int AddNear(int photo, int piece, double cosine) => Insert(piece, Near(photo, cosine), null, null, null, null);

        private int Insert(int piece, float[] embedding, ulong? hash, string? content, float[]? features, string? path)
        {
            var i = Photos.Count;
            // Hashes of one another's photos differ in about half of their bits.
            var own = (ulong)_random.NextInt64() ^ ((ulong)_random.Next(2) << 63);
            Photos.Add(new PhotoEvidence(new LabelledPhoto(path ?? $"shop/{(i == 0 ? "ring-123456_1" : $"other{i}")}.jpg", "rings", content ?? $"content {i}"), hash ?? own, features ?? Direction()));
            Labels.Add(piece);
            Embeddings.Add(embedding);
            return i;
        }

        private float[] Near(int photo, double cosine)
        {
            var centre = Embeddings[photo].Span;
            var other = Direction();
            var along = VectorKernels.Dot(centre, other);
            var across = new double[Dimension];
            for (var k = 0; k < Dimension; k++)
                across[k] = other[k] - along * centre[k];
            var length = Math.Sqrt(across.Sum(x => x * x));
            var near = new float[Dimension];
            for (var k = 0; k < Dimension; k++)
                near[k] = (float)(cosine * centre[k] + Math.Sqrt(1 - cosine * cosine) * across[k] / length);
            return near;
        }

        private float[] Direction()
        {
            double[] v = [.. Enumerable.Range(0, Dimension).Select(_ => Enumerable.Range(0, 6).Sum(_ => _random.NextDouble()) - 3)];
            var length = Math.Sqrt(v.Sum(x => x * x));
            return [.. v.Select(x => (float)(x / length))];
        }
    }

    /// <summary>The right photos in the wrong order, twice, with wrong scores and ids that are no photo.</summary>
    private sealed class Sloppy(INeighbourSource exact, int count) : INeighbourSource
    {
        public IReadOnlyList<ScoredId> Nearest(ReadOnlySpan<float> query, int k)
        {
            var right = exact.Nearest(query, k);
            return [new(-1, 9), new(count, 9), .. right.Reverse().Select(r => new ScoredId(r.Id, float.NaN)), .. right];
        }

        public void Dispose()
        {
        }
    }
}
