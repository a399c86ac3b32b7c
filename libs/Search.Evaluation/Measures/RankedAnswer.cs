namespace Search.Evaluation;

/// <summary>One query's ranked answer with everything that a <see cref="Measure"/> may ask of it.</summary>
/// <param name="relevance">Whether each result is relevant, best first.</param>
/// <param name="grades">The grade of each result, best first; at least 0, and above 0 exactly where relevant.</param>
/// <param name="idealGrades">The grades of all items that could have been returned, largest first.</param>
/// <param name="relevantCount">Relevant items that exist, returned or not.</param>
public readonly ref struct RankedAnswer(
    ReadOnlySpan<bool> relevance, ReadOnlySpan<double> grades, ReadOnlySpan<double> idealGrades, int relevantCount)
{
    public ReadOnlySpan<bool> Relevance { get; } = relevance;

    public ReadOnlySpan<double> Grades { get; } = grades;

    public ReadOnlySpan<double> IdealGrades { get; } = idealGrades;

    public int RelevantCount { get; } = relevantCount;
}
