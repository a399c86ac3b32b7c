using Search.MetricLearning.Pairs;
using Search.MetricLearning.Weights;
using static TorchSharp.torch;

namespace Search.MetricLearning.Memory;

/// <summary>
/// A ring of the latest embeddings and their labels, Wang et al. (2020), "XBM": a batch is compared with thousands of earlier
/// embeddings for the price of a matrix product. Nothing flows back into them. Not for several threads at once.
/// </summary>
public sealed class CrossBatchMemory : IDisposable
{
    private readonly MemoryOptions _options;
    private readonly Tensor _embeddings;
    private readonly Tensor _labels;
    private long _next;
    private long _count;
    private long _steps;

    /// <param name="dimension">Length of the embeddings, at least 1.</param>
    /// <param name="type">Of the embeddings.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CrossBatchMemory(MemoryOptions options, int dimension, ScalarType type = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        string[] errors = [.. options.Errors()];
        if (errors.Length > 0)
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        _options = options;
        _embeddings = zeros(options.Size, dimension, dtype: type).DetachFromDisposeScope();
        _labels = zeros(options.Size, dtype: ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>Embeddings held.</summary>
    public int Count => (int)_count;

    /// <summary>What a loss may look at now, in no order; null while warming up or empty. Belongs to the dispose scope of the caller, and is to be used before the next <see cref="Add"/>.</summary>
    public LabelledEmbeddings? Current() =>
        _count == 0 || _steps < _options.WarmUp ? null : new LabelledEmbeddings(_embeddings.narrow(0, 0, _count), _labels.narrow(0, 0, _count));

    /// <summary>Takes in the batch of one step; of more rows than there is room for, the last.</summary>
    /// <param name="embeddings">[N, D]; copied without their gradients.</param>
    /// <param name="labels">[N], int64.</param>
    public void Add(Tensor embeddings, Tensor labels)
    {
        LabelledEmbeddings.Require(embeddings, labels);
        if (embeddings.shape[1] != _embeddings.shape[1])
            throw new ArgumentException($"The memory holds vectors of {_embeddings.shape[1]} components, not {embeddings.shape[1]}.", nameof(embeddings));
        using var scope = NewDisposeScope();
        using var gradientsOff = no_grad();
        var (rows, size) = (labels.shape[0], (long)_options.Size);
        for (var from = Math.Max(0, rows - size); from < rows;)
        {
            // Up to the end of the ring, then again from its start.
            var part = Math.Min(rows - from, size - _next);
            _embeddings.narrow(0, _next, part).copy_(embeddings.narrow(0, from, part));
            _labels.narrow(0, _next, part).copy_(labels.narrow(0, from, part));
            _next = (_next + part) % size;
            _count = Math.Min(size, _count + part);
            from += part;
        }
        _steps++;
    }

    /// <summary>Forgets everything; the warm-up starts again.</summary>
    public void Clear() => (_next, _count, _steps) = (0, 0, 0);

    /// <summary>Everything it holds, oldest first.</summary>
    /// <exception cref="InvalidOperationException">A label is beyond 2²⁴, where a float of the weight file no longer holds it.</exception>
    public IReadOnlyDictionary<string, WeightTensor> Save()
    {
        using var scope = NewDisposeScope();
        var order = tensor(Enumerable.Range(0, Count).Select(i => (_next - _count + i + _options.Size) % _options.Size).ToArray());
        var labels = Count == 0 ? [] : _labels.index_select(0, order).data<long>().ToArray();
        if (labels.Any(label => Math.Abs(label) > 1 << 24))
            throw new InvalidOperationException("A label is too large to be saved.");
        var embeddings = Count == 0 ? [] : _embeddings.index_select(0, order).to(ScalarType.Float32).data<float>().ToArray();
        return new Dictionary<string, WeightTensor>
        {
            ["embeddings"] = new([Count, _embeddings.shape[1]], embeddings),
            ["labels"] = new([Count], [.. labels.Select(label => (float)label)]),
            ["steps"] = new([1], [_steps]),
            ["next"] = new([1], [_next]),
        };
    }

    /// <summary>Goes on where another memory was saved; if this one is smaller, with the newest that it has room for.</summary>
    /// <exception cref="WeightFormatException">Something is missing or of another shape; nothing was changed.</exception>
    public void Load(IReadOnlyDictionary<string, WeightTensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.TryGetValue("embeddings", out var embeddings) || !state.TryGetValue("labels", out var labels) || !state.TryGetValue("steps", out var steps))
            throw new WeightFormatException("A memory needs embeddings, labels and steps.");
        var next = state.Require("next", 1).Values[0];
        if (labels.Shape.Count != 1 || steps.Values.Length != 1 || !embeddings.Shape.SequenceEqual([labels.Shape[0], _embeddings.shape[1]]))
            throw new WeightFormatException($"A memory of [{string.Join(", ", embeddings.Shape)}] embeddings and [{string.Join(", ", labels.Shape)}] labels does not fit vectors of {_embeddings.shape[1]} components.");
        Clear();
        // In a full ring the oldest lies where the next one will: sums over it must round as they did.
        if (labels.Values.Length == _options.Size && next >= 0 && next < _options.Size)
            _next = (long)next;
        using var scope = NewDisposeScope();
        if (labels.Values.Length > 0)
            Add(tensor(embeddings.Values, [.. embeddings.Shape]), tensor(labels.Values.Select(label => (long)label).ToArray()));
        _steps = (long)steps.Values[0];
    }

    public void Dispose()
    {
        _embeddings.Dispose();
        _labels.Dispose();
    }
}
