using System.IO.Compression;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Candidates;

/// <summary>
/// The 60,000 training pictures of Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017) as Debian's dataset-fashion-mnist installs them, asked for by its test
/// pictures. Counts, which a busy machine does not change: the speed over exact search is at least the ratio of distances, less what choosing costs.
/// </summary>
public sealed class FashionMnistTests
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";
    private const int Dimension = 784;
    private const int Count = 60_000;
    private const int Queries = 100;
    private const int K = 10;

    public static TheoryData<IVectorIndexFactory, VectorMetric, int, double> Kinds => new()
    {
        // A hundredth and a sixtieth of the pictures; the recall a little below what was measured.
        { new ForestIndexFactory(), VectorMetric.SquaredL2, 600, 0.93 },
        { new ForestIndexFactory(), VectorMetric.Cosine, 600, 0.9 },
        { new LshIndexFactory(), VectorMetric.SquaredL2, 1_000, 0.91 },
        { new LshIndexFactory(), VectorMetric.Cosine, 1_000, 0.91 },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Kinds))]
    public void Search_OfRealPictures_ReachesItsRecallWithAFractionOfTheDistances(IVectorIndexFactory factory, VectorMetric metric, int effort, double leastRecall)
    {
        if (!Directory.Exists(Folder)) Assert.Skip($"No {Folder}: apt-get install dataset-fashion-mnist.");
        var ids = Enumerable.Range(0, Count).Select(i => (long)i).ToArray();
        var vectors = Read("train-images-idx3-ubyte.gz", Count);
        var queries = Read("t10k-images-idx3-ubyte.gz", Queries);
        using var index = factory.Create(new IndexShape(metric, Dimension));
        using var exact = new ExactIndexFactory().Create(new IndexShape(metric, Dimension));
        index.UpsertAll(ids, vectors);
        exact.UpsertAll(ids, vectors);

        var (hits, work) = (0, default(SearchStatistics));
        var (results, truth) = (new ScoredId[K], new ScoredId[K]);
        for (var q = 0; q < Queries; q++)
        {
            var query = queries.AsSpan(q * Dimension, Dimension);
            exact.Search(query, K, default, truth, out _);
            var found = index.Search(query, K, new SearchOptions { Effort = effort }, results, out var statistics);
            hits += results.AsSpan(0, found).ToArray().Count(result => result.Score >= truth[^1].Score);
            work += statistics;
        }
        var recall = hits / (double)(K * Queries);
        Assert.True(recall >= leastRecall, $"recall {recall}");
        Assert.InRange(work.DistancesComputed / Queries, effort, effort + effort / 10);
    }

    private static float[] Read(string file, int count)
    {
        // Four big-endian numbers, then the pictures, a byte a pixel.
        using var stream = new GZipStream(File.OpenRead(Path.Combine(Folder, file)), CompressionMode.Decompress);
        stream.ReadExactly(new byte[16]);
        var bytes = new byte[count * Dimension];
        stream.ReadExactly(bytes);
        return Array.ConvertAll(bytes, pixel => (float)pixel);
    }
}
