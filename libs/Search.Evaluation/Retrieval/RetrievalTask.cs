namespace Search.Evaluation;

/// <summary>One question put to an embedding: which gallery rows each query should find, and what is measured of its answers.</summary>
public sealed class RetrievalTask
{
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public RetrievalTask(LabelledVectors queries, LabelledVectors gallery)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gallery);
        if (queries.Dimension != gallery.Dimension)
            throw new ArgumentException($"Queries have {queries.Dimension} components, the gallery {gallery.Dimension}.", nameof(gallery));
        (Queries, Gallery) = (queries, gallery);
        Grade = (query, item) => Queries.Labels[query] == Gallery.Labels[item] ? 1 : 0;
    }

    public LabelledVectors Queries { get; }

    public LabelledVectors Gallery { get; }

    /// <summary>
    /// The grade of a gallery row (second index) for a query (first index), 0 or more; above 0 it is relevant. By default 1 for the
    /// query's label. Called once a query and row.
    /// </summary>
    public Func<int, int, double> Grade { get; init; }

    /// <summary>
    /// Show only the best row of each gallery group, as a shop shows a product once however many photos it has. The relevant rows are
    /// then counted once a group, too.
    /// </summary>
    public bool OnePerGroup { get; init; }

    /// <summary>Breaks the figures down and says which categories are mistaken for which; null for neither.</summary>
    public CategoryLabels? Categories { get; init; }

    /// <summary>What is measured.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = Evaluation.Measures.Default;

    /// <summary>How many results of each answer the report keeps, and over how many confusion is counted; at least 1.</summary>
    public int Shown
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one result must be shown.");
    }
    = 10;
}
