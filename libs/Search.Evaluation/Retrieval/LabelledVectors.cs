namespace Search.Evaluation;

/// <summary>Embeddings with what they show.</summary>
public sealed class LabelledVectors
{
    /// <param name="dimension">Components of one vector, at least 1.</param>
    /// <param name="values">Rows of <paramref name="dimension"/> components, one after the other; unit length for cosine.</param>
    /// <param name="labels">One label a row: results with the query's label are relevant.</param>
    /// <param name="groups">
    /// One group a row, e.g. the product: a query never retrieves its own group, neither itself nor a duplicate of it.
    /// Groups are compared across sets, so use one numbering for queries and gallery.
    /// </param>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public LabelledVectors(int dimension, ReadOnlyMemory<float> values, IReadOnlyList<int> labels, IReadOnlyList<int> groups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(groups);
        if (values.Length != (long)labels.Count * dimension)
            throw new ArgumentException($"{labels.Count} rows of {dimension} are not {values.Length} components.", nameof(values));
        if (groups.Count != labels.Count)
            throw new ArgumentException($"There are {labels.Count} labels and {groups.Count} groups.", nameof(groups));
        Dimension = dimension;
        Values = values;
        Labels = labels;
        Groups = groups;
    }

    public int Dimension { get; }

    public ReadOnlyMemory<float> Values { get; }

    public IReadOnlyList<int> Labels { get; }

    public IReadOnlyList<int> Groups { get; }

    public int Count => Labels.Count;

    public ReadOnlySpan<float> this[int row] => Values.Span.Slice(row * Dimension, Dimension);

    /// <summary>The rows at <paramref name="indices"/>, in that order.</summary>
    public LabelledVectors Select(IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var values = new float[indices.Count * Dimension];
        for (var i = 0; i < indices.Count; i++)
            this[indices[i]].CopyTo(values.AsSpan(i * Dimension));
        return new LabelledVectors(Dimension, values, [.. indices.Select(i => Labels[i])], [.. indices.Select(i => Groups[i])]);
    }
}
