using Search.MetricLearning.Components;

namespace Search.MetricLearning.Losses;

/// <summary>How to make one sort of loss, and what may be combined with it.</summary>
public sealed class LossKind : INamed
{
    private readonly ComponentKind<EmbeddingLoss> _kind;

    private LossKind(ComponentKind<EmbeddingLoss> kind, Type loss)
    {
        _kind = kind;
        TakesPairs = loss.IsAssignableTo(typeof(PairLoss));
        EnumeratesTriplets = loss.IsAssignableTo(typeof(IEnumeratesTriplets));
    }

    public string Name => _kind.Name;

    /// <summary>Whether a miner and a memory can be used with it.</summary>
    public bool TakesPairs { get; }

    /// <summary>Whether a memory without a miner would be too many triplets.</summary>
    public bool EnumeratesTriplets { get; }

    internal void AddErrors(ComponentOptions options, string where, List<string> errors) => _kind.AddErrors(options, where, errors);

    /// <exception cref="ArgumentException">Invalid parameters.</exception>
    public EmbeddingLoss Create(ComponentOptions options, EmbeddingShape shape) => _kind.Create(options, shape);

    internal static LossKind Of<TLoss, TParameters>(string name, Func<TParameters, EmbeddingShape, TLoss> create)
        where TLoss : EmbeddingLoss
        where TParameters : class, IComponentParameters, new() =>
        new(ComponentKind<EmbeddingLoss>.Of<TParameters>(name, create), typeof(TLoss));
}
