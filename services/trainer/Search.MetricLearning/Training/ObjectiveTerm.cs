using Search.MetricLearning.Components;
using Search.MetricLearning.Data;
using Search.MetricLearning.Losses;
using Search.MetricLearning.Memory;
using Search.MetricLearning.Miners;
using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>One loss at work, with its miner and its memory.</summary>
internal sealed class ObjectiveTerm : IDisposable
{
    private readonly double _weight;
    private readonly IReadOnlyList<long> _labels;
    private readonly TripletMiner? _miner;
    private readonly Tensor? _groups;

    /// <param name="labels">Of each photo of the training set, 0 to below the number of classes, or <see cref="PhotoLabels.Unknown"/>.</param>
    /// <param name="groups">Of each label: those of one group are no negatives of each other. Null where every label is its own.</param>
    public ObjectiveTerm(LossTermOptions options, int dimension, IReadOnlyList<long> labels, long[]? groups = null)
    {
        var shape = new EmbeddingShape(dimension, (int)labels.DefaultIfEmpty(0).Max() + 1);
        Name = $"{options.Name}/{options.Labels}";
        _weight = options.Weight;
        _labels = labels;
        _groups = groups is null ? null : tensor(groups).DetachFromDisposeScope();
        Loss = LossCatalogue.Default[options.Name].Create(options, shape);
        _miner = options.Miner is null ? null : MinerCatalogue.Default[options.Miner.Name].Create(options.Miner, shape);
        Memory = options.Memory is null ? null : new CrossBatchMemory(options.Memory, dimension);
    }

    /// <summary>For progress.</summary>
    public string Name { get; }

    public EmbeddingLoss Loss { get; }

    public CrossBatchMemory? Memory { get; }

    /// <summary>The weighted loss of the photos in a batch. The memory takes them in.</summary>
    public Tensor Compute(Tensor embeddings, IReadOnlyList<int> photos, int seed)
    {
        using var scope = NewDisposeScope();
        long[] known = [.. Enumerable.Range(0, photos.Count).Where(i => _labels[photos[i]] != PhotoLabels.Unknown)];
        if (known.Length == 0)
            return EmbeddingLoss.Zero(embeddings).MoveToOuterDisposeScope();
        if (known.Length < photos.Count)
            embeddings = embeddings.index_select(0, tensor(known));
        var labels = tensor(known.Select(i => _labels[photos[(int)i]]).ToArray());
        var loss = Loss is PairLoss pairs ? pairs.Compute(Pairs(embeddings, labels, seed)) : Loss.Compute(embeddings, labels);
        Memory?.Add(embeddings, labels);
        return (loss * _weight).MoveToOuterDisposeScope();
    }

    private PairBatch Pairs(Tensor embeddings, Tensor labels, int seed)
    {
        var batch = PairBatch.Create(embeddings, labels, Memory?.Current());
        if (_groups is not null)
            batch = batch.WithoutNegativesWithin(_groups);
        return _miner is null ? batch : batch.Only(_miner.Mine(batch, new Random(seed)));
    }

    public void Dispose()
    {
        Loss.Dispose();
        Memory?.Dispose();
        _groups?.Dispose();
    }
}
