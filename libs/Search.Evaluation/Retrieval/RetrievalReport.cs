namespace Search.Evaluation;

/// <summary>A measure's mean over queries.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Interval">The mean with its bootstrap interval over queries.</param>
public sealed record Figure(string Measure, ConfidenceInterval Interval);

/// <summary>The figures of one category's queries.</summary>
/// <param name="Category">Its name.</param>
/// <param name="Queries">Queries in the means.</param>
/// <param name="Figures">In the order of the task's measures.</param>
public sealed record CategoryFigures(string Category, int Queries, IReadOnlyList<Figure> Figures);

/// <summary>One result of one query.</summary>
/// <param name="Item">Row of the gallery.</param>
/// <param name="Score">Dot product with the query.</param>
/// <param name="Grade">0 when irrelevant.</param>
public readonly record struct RankedItem(int Item, float Score, double Grade);

/// <summary>One query's answer.</summary>
/// <param name="Query">Row of the queries.</param>
/// <param name="Values">One a measure, in the task's order.</param>
/// <param name="Top">The best results, best first.</param>
/// <param name="FirstRelevant">The first relevant result, however late it came.</param>
/// <param name="FirstRelevantRank">Its rank, from 1.</param>
public sealed record QueryAnswer(int Query, IReadOnlyList<double> Values, IReadOnlyList<RankedItem> Top, RankedItem FirstRelevant, int FirstRelevantRank);

/// <summary>What an evaluation found. Means are over the queries that something in the gallery is relevant to.</summary>
public sealed record RetrievalReport
{
    /// <summary>Queries asked.</summary>
    public required int Queries { get; init; }

    /// <summary>Queries left out of the means because the gallery holds nothing relevant to them.</summary>
    public required int Unanswerable { get; init; }

    /// <summary>Means over all queries, in the order of the task's measures.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>Means by the query's category; empty without categories. A category that no query has is left out.</summary>
    public required IReadOnlyList<CategoryFigures> Categories { get; init; }

    /// <summary>Null without categories.</summary>
    public required CategoryConfusion? Confusion { get; init; }

    /// <summary>Precision and recall over the length of the answer.</summary>
    public required RetrievalCurves Curves { get; init; }

    /// <summary>Every query in the means, in the order of the queries.</summary>
    public required IReadOnlyList<QueryAnswer> Answers { get; init; }

    /// <summary>The interval of a measure.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured.</exception>
    public ConfidenceInterval this[string measure] => Figures[IndexOf(measure)].Interval;

    /// <summary>The measure of each answer, in the order of <see cref="Answers"/>.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured.</exception>
    public IReadOnlyList<double> ValuesOf(string measure)
    {
        var index = IndexOf(measure);
        return [.. Answers.Select(a => a.Values[index])];
    }

    /// <summary>
    /// How much better this is than <paramref name="other"/> on the same queries: the mean of the differences query by query, whose interval is
    /// much narrower than those of the two means suggest, because easy queries are easy for both.
    /// </summary>
    /// <exception cref="ArgumentException">The other report answers other queries.</exception>
    /// <exception cref="KeyNotFoundException">It was not measured.</exception>
    public ConfidenceInterval GainOver(RetrievalReport other, string measure)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Answers.Select(a => a.Query).SequenceEqual(other.Answers.Select(a => a.Query)))
            throw new ArgumentException("The reports answer different queries; only the same ones can be compared one by one.", nameof(other));
        return ConfidenceInterval.OfGain([.. ValuesOf(measure)], [.. other.ValuesOf(measure)]);
    }

    private int IndexOf(string measure)
    {
        for (var i = 0; i < Figures.Count; i++)
            if (Figures[i].Measure == measure)
                return i;
        throw new KeyNotFoundException($"'{measure}' was not measured; there are {string.Join(", ", Figures.Select(f => f.Measure))}.");
    }
}
