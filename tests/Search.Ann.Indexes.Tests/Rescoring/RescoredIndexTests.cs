using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Rescoring;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Ann.Indexes.Tests.Tuning;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tuning;
using Search.Testing;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Rescoring;

public sealed class RescoredIndexTests
{
    private const int Dimension = 64;

    public static TheoryData<CodeOptions, double, double> Codes => new()
    {
        // Oversampling, and the recall that it must reach: 8-bit codes hardly change the order, one bit a dimension says little.
        { new ScalarCodeOptions(), 2, 0.99 },
        { new ProductCodeOptions { SubSpaces = 16 }, 10, 0.95 },
        { new ProductCodeOptions(), 20, 0.9 },
        { new BinaryCodeOptions(), 30, 0.9 },
    };

    public static TheoryData<CodeOptions> EachCode => [new ScalarCodeOptions(), new ProductCodeOptions(), new BinaryCodeOptions()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Search_OfCodes_FindsNearlyAllAndScoresAsExactSearchDoes(CodeOptions code, double oversampling, double least)
    {
        var all = new RandomVectors(100).Clustered(8_200, Dimension, clusters: 100);
        using var exact = Exact(VectorMetric.Cosine, all[..8_000]);
        using var rescored = RescoredIndex.Create(CodeIndex.Build(exact, code), VectorSource.CopyOf(exact), new RescoringOptions { Oversampling = oversampling });
        Assert.Equal((VectorMetric.Cosine, Dimension, 8_000), (rescored.Metric, rescored.Dimension, rescored.Count));
        double hits = 0;
        foreach (var query in all[8_000..])
        {
            var truth = Search(exact, query, 10, default).ToDictionary(result => result.Id, result => result.Score);
            var results = new ScoredId[10];
            Assert.Equal(10, rescored.Search(query, 10, default, results, out var statistics));
            Assert.Equal((8_000, 10 * (long)oversampling), (statistics.NodesVisited, statistics.Rescored));
            Assert.Equal(statistics.NodesVisited + statistics.Rescored, statistics.DistancesComputed);
            foreach (var result in results)
            {
                if (!truth.TryGetValue(result.Id, out var score)) continue;
                hits++;
                Assert.Equal(score, result.Score);
            }
        }
        Assert.True(hits / 2_000 >= least, $"recall {hits / 2_000}");
    }

    [Theory]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.SquaredL2)]
    public void Search_AtAnEffortOfTheCount_IsExact_WhateverTheCode(VectorMetric metric)
    {
        var vectors = Stretched(new RandomVectors(101).Clustered(600, Dimension, clusters: 20));
        using var exact = Exact(metric, vectors);
        foreach (var code in (CodeOptions[])[new ScalarCodeOptions(), new ProductCodeOptions(), new BinaryCodeOptions()])
        {
            using var rescored = RescoredIndex.Create(CodeIndex.Build(exact, code), VectorSource.CopyOf(exact));
            foreach (var query in Stretched(new RandomVectors(102).Clustered(20, Dimension, clusters: 20)))
                Assert.Equal(Search(exact, query, 15, default), Search(rescored, query, 15, new SearchOptions { Effort = 600 }));
        }

        static float[][] Stretched(float[][] vectors) => [.. vectors.Select((vector, i) => Array.ConvertAll(vector, x => x * (0.5f + i % 11 / 10f)))];
    }

    [Fact]
    public void Create_AroundAnyKindOfIndexOfLossyVectors_BringsBackWhatWasLost()
    {
        // The vectors that inner indexes hold are what product codes stand for.
        var all = new RandomVectors(103).Clustered(4_200, Dimension, clusters: 80);
        using var exact = Exact(VectorMetric.SquaredL2, all[..4_000]);
        using var codes = CodeIndex.Build(exact, new ProductCodeOptions { SubSpaces = 16 });
        var queries = all[4_000..].SelectMany(vector => vector).ToArray();
        var meter = Meter.Prepare(exact, queries, 10);
        foreach (var factory in (IVectorIndexFactory[])[new HnswIndexFactory(), new ForestIndexFactory()])
        {
            var lossy = factory.Create(new IndexShape(VectorMetric.SquaredL2, Dimension));
            var vector = new float[Dimension];
            foreach (var id in codes.ListIds())
            {
                codes.TryGetVector(id, vector);
                lossy.Upsert(id, vector);
            }
            using var rescored = RescoredIndex.Create(lossy, VectorSource.CopyOf(exact), new RescoringOptions { Oversampling = 10 });
            var (without, with) = (meter.Measure(lossy, 0).Recall, meter.Measure(rescored, 0).Recall);
            Assert.True(with >= 0.95 && with > without + 0.1, $"{factory.Name}: {without} without, {with} with");
        }
    }

    [Fact]
    public void Tune_OfARescoredIndex_ChoosesHowManyAreScoredAgain()
    {
        var all = new RandomVectors(104).Clustered(6_300, Dimension, clusters: 100);
        using var exact = Exact(VectorMetric.Cosine, all[..6_000]);
        using var rescored = RescoredIndex.Create(CodeIndex.Build(exact, new BinaryCodeOptions()), VectorSource.CopyOf(exact));
        var tuned = EffortTuner.Tune(rescored, Meter.Prepare(rescored, QuerySample.Draw(exact, 300), 10), new EffortTunerOptions { TargetRecall = 0.95 });
        Assert.Equal(TuningOutcome.Reached, tuned.Outcome);
        Assert.InRange(tuned.Effort, 20, 3_000);
        Assert.Equal(6_000 + tuned.Effort, tuned.Measured.DistancesPerQuery);
        var fresh = Meter.Prepare(exact, all[6_000..].SelectMany(vector => vector).ToArray(), 10).Measure(rescored, tuned.Effort);
        Assert.True(fresh.Recall >= 0.94, $"{tuned.Measured}, fresh {fresh}");
    }

    [Theory]
    [MemberData(nameof(EachCode))]
    public void OpenedFiles_AnswerAsWhatWasSaved_AndDescribeThemselvesAsMapped(CodeOptions code)
    {
        using var folder = new TemporaryFolder();
        var random = new RandomVectors(105);
        using var exact = Exact(VectorMetric.Cosine, random.Clustered(700, Dimension, clusters: 20), step: 7);
        using var built = RescoredIndex.Create(CodeIndex.Build(exact, code), VectorSource.CopyOf(exact));
        var (codesPath, vectorsPath) = (Path.Combine(folder.Path, "codes"), Path.Combine(folder.Path, "vectors"));
        using (var stream = File.Create(codesPath))
            built.Save(stream);
        using (var stream = File.Create(vectorsPath))
            VectorSource.Save(exact, stream);
        using var opened = RescoredIndex.Create(CodeIndex.Open(codesPath), VectorSource.Open(vectorsPath));

        foreach (var query in random.Clustered(30, Dimension, clusters: 20))
            Assert.Equal(Search(built, query, 10, default), Search(opened, query, 10, default));
        var (stored, expected) = (new float[Dimension], new float[Dimension]);
        foreach (var id in exact.ListIds())
        {
            Assert.True(opened.TryGetVector(id, stored) && exact.TryGetVector(id, expected));
            Assert.Equal(expected, stored);
        }
        Assert.False(opened.TryGetVector(3, stored));
        Assert.False(opened.Contains(long.MaxValue));
        var memory = opened.Describe().Memory;
        Assert.Equal(700L * Dimension * sizeof(float) + 700 * sizeof(long), memory.Vectors);
        // Only what the code shares is not mapped.
        Assert.InRange(memory.Resident, 1, 256 * Dimension * sizeof(float));
        Assert.InRange(memory.Codes, 700 * Dimension / 8, 700 * (Dimension + 4) + 256 * Dimension * sizeof(float));
    }

    [Theory]
    [MemberData(nameof(EachCode))]
    public void Open_OfADamagedFile_IsRefused(CodeOptions code)
    {
        using var folder = new TemporaryFolder();
        using var exact = Exact(VectorMetric.SquaredL2, new RandomVectors(106).Clustered(40, 8, clusters: 4));
        using var codes = CodeIndex.Build(exact, code);
        using var codeFile = new MemoryStream();
        codes.Save(codeFile);
        using var vectorFile = new MemoryStream();
        VectorSource.Save(exact, vectorFile);
        var path = Path.Combine(folder.Path, "file");
        foreach (var (bytes, open) in (IEnumerable<(byte[], Action)>)[(codeFile.ToArray(), () => CodeIndex.Open(path).Dispose()), (vectorFile.ToArray(), () => VectorSource.Open(path).Dispose())])
        {
            var random = new Random(1);
            for (var i = 0; i < 300; i++)
            {
                var (at, bit) = (random.Next(bytes.Length), (byte)(1 << random.Next(8)));
                bytes[at] ^= bit;
                File.WriteAllBytes(path, bytes);
                Assert.Throws<InvalidDataException>(open);
                bytes[at] ^= bit;
            }
            File.WriteAllBytes(path, bytes[..^1]);
            Assert.Throws<InvalidDataException>(open);
            File.WriteAllBytes(path, bytes);
            open();
        }
    }

    [Fact]
    public void Search_OnceWarm_AllocatesNothing()
    {
        var random = new RandomVectors(107);
        using var exact = Exact(VectorMetric.Cosine, random.Clustered(2_000, Dimension, clusters: 20));
        var queries = random.Clustered(30, Dimension, clusters: 20);
        foreach (var code in (CodeOptions[])[new ScalarCodeOptions(), new ProductCodeOptions(), new BinaryCodeOptions()])
        {
            using var rescored = RescoredIndex.Create(CodeIndex.Build(exact, code), VectorSource.CopyOf(exact));
            var results = new ScoredId[10];
            foreach (var query in queries)
                rescored.Search(query, 10, default, results, out _);
            Assert.Equal(0, Allocations.Of(() =>
            {
                foreach (var query in queries)
                    rescored.Search(query, 10, default, results, out _);
            }));
        }
    }

    [Fact]
    public void BadInput_HasADefinedAnswer()
    {
        using var empty = Exact(VectorMetric.Cosine, []);
        Assert.Throws<ArgumentException>(() => CodeIndex.Build(empty, new ScalarCodeOptions()));
        using var exact = Exact(VectorMetric.Cosine, new RandomVectors(108).Clustered(30, Dimension, clusters: 3));
        using var other = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 3));
        Assert.Throws<ArgumentException>(() => RescoredIndex.Create(CodeIndex.Build(exact, new BinaryCodeOptions()), VectorSource.CopyOf(other)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RescoringOptions { Oversampling = 0.5 });
        using var rescored = RescoredIndex.Create(CodeIndex.Build(exact, new BinaryCodeOptions()), VectorSource.CopyOf(exact));
        var query = new RandomVectors(1).Unit(Dimension);
        Assert.Throws<ArgumentOutOfRangeException>(() => Search(rescored, query, 0, default));
        Assert.Throws<InvalidVectorException>(() => Search(rescored, new float[Dimension], 1, default));
        Assert.Throws<InvalidVectorException>(() => Search(rescored, new float[3], 1, default));
        Assert.Equal(30, Search(rescored, query, 1_000, default).Length);
        // Only what passes is found, and all of it.
        Assert.Equal([3L, 5, 7], Search(rescored, query, 10, new SearchOptions { Filter = IdFilter.Of(3, 5, 7, 99) }).Select(result => result.Id).Order());
        // What the source does not have cannot be scored, and is left out.
        using var missing = RescoredIndex.Create(CodeIndex.Build(exact, new BinaryCodeOptions()), VectorSource.CopyOf(Exact(VectorMetric.Cosine, new RandomVectors(108).Clustered(10, Dimension, clusters: 3))));
        Assert.Equal(Enumerable.Range(0, 10).Select(id => (long)id), Search(missing, query, 1_000, default).Select(result => result.Id).Order());
    }

    private static IMutableVectorIndex Exact(VectorMetric metric, float[][] vectors, int step = 1)
    {
        var index = new ExactIndexFactory().Create(new IndexShape(metric, vectors.Length == 0 ? Dimension : vectors[0].Length));
        for (var i = 0; i < vectors.Length; i++)
            index.Upsert((long)i * step, vectors[i]);
        return index;
    }

    private static ScoredId[] Search(IVectorIndex index, float[] query, int k, SearchOptions options)
    {
        var results = new ScoredId[Math.Max(1, Math.Min(k, 10_000))];
        return results[..index.Search(query, k, options, results, out _)];
    }
}
