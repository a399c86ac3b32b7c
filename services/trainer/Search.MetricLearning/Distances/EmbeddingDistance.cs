using Search.MetricLearning.Components;
using static TorchSharp.torch;

namespace Search.MetricLearning.Distances;

/// <summary>How far two embeddings are apart: 0 for equal ones, and always more for less similar ones. This base checks shapes; a subclass writes the formula.</summary>
public abstract class EmbeddingDistance : INamed
{
    public abstract string Name { get; }

    /// <summary>All distances, [N, M].</summary>
    /// <param name="rows">[N, D].</param>
    /// <param name="columns">[M, D].</param>
    /// <exception cref="ArgumentException">Other shapes.</exception>
    public Tensor Between(Tensor rows, Tensor columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        if (rows.dim() != 2 || columns.dim() != 2 || rows.shape[1] != columns.shape[1])
            throw new ArgumentException($"Rows [{string.Join(", ", rows.shape)}] and columns [{string.Join(", ", columns.shape)}] must be two matrices of one width.");
        using var scope = NewDisposeScope();
        return Formula(rows, columns).MoveToOuterDisposeScope();
    }

    protected abstract Tensor Formula(Tensor rows, Tensor columns);
}
