using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using Search.Vectors;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>Now and then embeds the whole set with the network as it is, mines it and tells the sampler.</summary>
internal sealed class MiningRounds(HardNegativeOptions options, HardNegativeMining mining, TrainingSet set, NeighbourhoodSampler sampler)
{
    private const int Batch = 32;

    /// <summary>Batches of one round, for progress.</summary>
    public int Batches => 2 * ((set.Count + Batch - 1) / Batch);

    public bool IsDue(int step) => step % options.Every == 0;

    /// <param name="features">Pooled features of some photos in view 0 or 1, two views of each.</param>
    /// <param name="clock">Told of each batch.</param>
    /// <param name="cancellation">Checked between batches.</param>
    public HardNegativeSet Mine(MobileNetV2 network, Func<IReadOnlyList<int>, int, Tensor> features, StageClock clock, CancellationToken cancellation)
    {
        var embeddings = Embed(network, photos => features(photos, 0), clock, done: 0, cancellation);
        var views = Embed(network, photos => features(photos, 1), clock, done: Batches / 2, cancellation);
        float[] similarities = [.. embeddings.Zip(views, (a, b) => VectorKernels.Dot(a.Span, b.Span))];
        using var neighbours = mining.Indexer.Index(embeddings);
        return new HardNegativeMiner(options).Mine(new MiningRound(mining.Photos, set.Pieces, embeddings, similarities), neighbours);
    }

    /// <summary>Batches are drawn by these from now on.</summary>
    public void Use(HardNegativeSet found)
    {
        sampler.Use(found);
        mining.Found?.Invoke(found);
    }

    private ReadOnlyMemory<float>[] Embed(
        MobileNetV2 network, Func<IReadOnlyList<int>, Tensor> features, StageClock clock, int done, CancellationToken cancellation)
    {
        using var gradientsOff = no_grad();
        var embeddings = new List<ReadOnlyMemory<float>>();
        foreach (var photos in Enumerable.Range(0, set.Count).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var rows = network.Embed(features(photos)).contiguous().data<float>().ToArray();
            embeddings.AddRange(photos.Select((_, i) => (ReadOnlyMemory<float>)rows.AsMemory(i * network.Dimension, network.Dimension)));
            clock.Report(++done, photos.Length, loss: null);
        }
        return [.. embeddings];
    }
}
