using Search.Ann.Indexes;
using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.Trainer.HardNegatives;

namespace Search.Trainer.Tests.HardNegatives;

public sealed class IndexNeighboursTests
{
    public static TheoryData<string> Indexes => [.. MiningIndexes.Catalogue.Names];

    [Theory, MemberData(nameof(Indexes))]
    public void Nearest_EveryKindOfIndex_FindsNearlyWhatAScanFinds(string index)
    {
        var embeddings = Clusters(pieces: 200);
        using var scan = new ExhaustiveIndexer().Index(embeddings);
        using var source = new IndexNeighbours(MiningIndexes.Catalogue[index]).Index(embeddings);
        var found = embeddings.Average(query => scan.Nearest(query.Span, 20).Select(n => n.Id).Intersect(source.Nearest(query.Span, 20).Select(n => n.Id)).Count() / 20.0);
        // All find everything here; approximate ones may lose a little with the next change to them.
        Assert.True(found > 0.95, $"{found:F3}");
        Assert.All(source.Nearest(embeddings[0].Span, 1000).Select(n => n.Id), id => Assert.InRange(id, 0, embeddings.Count - 1));
    }

    [Fact]
    public void Mine_ThroughTheExactIndex_GivesWhatAScanGives()
    {
        var embeddings = Clusters(pieces: 100);
        int[] pieces = [.. Enumerable.Range(0, embeddings.Count).Select(i => i / 2)];
        var random = new Random(2);
        PhotoEvidence[] photos = [.. embeddings.Select((e, i) => new PhotoEvidence(new LabelledPhoto($"{i}.jpg", "rings", $"{i}"), (ulong)random.NextInt64(), ReadOnlyMemory<float>.Empty))];
        var round = new MiningRound(photos, pieces, embeddings, []);
        var miner = new HardNegativeMiner(new HardNegativeOptions { Neighbours = 30 });
        using var scan = new ExhaustiveIndexer().Index(embeddings);
        using var exact = new IndexNeighbours(MiningIndexes.Catalogue["exact"]).Index(embeddings);
        var (expected, actual) = (miner.Mine(round, scan), miner.Mine(round, exact));
        Assert.True(expected.ByPhoto.Sum(n => n.Count) > 200);
        Assert.Equal(expected.ByPhoto.Select(n => n.Select(x => x.Id)), actual.ByPhoto.Select(n => n.Select(x => x.Id)));
    }

    [Fact]
    public void Index_EmbeddingThatIsNotFinite_IsRefused()
    {
        var embeddings = Clusters(pieces: 5);
        embeddings[3] = Enumerable.Repeat(float.NaN, 32).ToArray();
        Assert.Throws<InvalidVectorException>(() => new IndexNeighbours(MiningIndexes.Catalogue["hnsw"]).Index(embeddings));
    }

    [Fact]
    public void Catalogue_DefaultOptions_NameAnIndexThereIs() =>
        Assert.Contains(new HardNegativeOptions().Index, MiningIndexes.Catalogue.Names);

    /// <summary>Two photos a piece, near each other.</summary>
    private static List<ReadOnlyMemory<float>> Clusters(int pieces)
    {
        var random = new Random(1);
        float[] Unit(Func<int, double> component)
        {
            double[] v = [.. Enumerable.Range(0, 32).Select(component)];
            var length = Math.Sqrt(v.Sum(x => x * x));
            return [.. v.Select(x => (float)(x / length))];
        }

        var embeddings = new List<ReadOnlyMemory<float>>();
        for (var piece = 0; piece < pieces; piece++)
        {
            var centre = Unit(_ => random.NextDouble() - 0.5);
            for (var photo = 0; photo < 2; photo++)
                embeddings.Add(Unit(k => centre[k] + 0.15 * (random.NextDouble() - 0.5)));
        }
        return embeddings;
    }
}
