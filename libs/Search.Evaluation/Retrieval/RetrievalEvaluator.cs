using Search.Vectors;

namespace Search.Evaluation;

/// <summary>
/// Ranks a gallery for each query by dot product, exactly, and measures the answers. A query's own group is taken out of the gallery
/// first. Equal scores are ranked by the gallery's order, as searches do: an embedding that puts everything on one point gets what
/// that order happens to give, not the benefit of the doubt.
/// </summary>
public static class RetrievalEvaluator
{
    /// <summary>Whether results share the query's label, by the default measures.</summary>
    /// <exception cref="ArgumentException">The dimensions differ, or a component is not finite.</exception>
    public static RetrievalReport Evaluate(LabelledVectors queries, LabelledVectors gallery) => Evaluate(new RetrievalTask(queries, gallery));

    /// <exception cref="ArgumentException">
    /// A component is not finite, a grade is negative or not finite, or there are not as many categories as queries or gallery rows.
    /// </exception>
    public static RetrievalReport Evaluate(RetrievalTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        Require(task);
        var curves = new CurveBuilder();
        var confusion = task.Categories is { } labels ? new CategoryConfusion(labels.Names, task.Shown) : null;
        var answers = new List<QueryAnswer>(task.Queries.Count);
        var ranking = new Ranking(task);
        for (var query = 0; query < task.Queries.Count; query++)
        {
            ranking.Rank(query);
            if (confusion is not null)
                foreach (var item in ranking.First(task.Shown))
                    confusion.Add(task.Categories!.OfQueries[query], task.Categories.OfGallery[item.Item]);
            var answer = ranking.Answer;
            if (answer.RelevantCount == 0)
                continue;
            curves.Add(answer.Relevance, answer.RelevantCount);
            var values = new double[task.Measures.Count];
            for (var m = 0; m < values.Length; m++)
                values[m] = task.Measures[m].Value(answer);
            var first = answer.Relevance.IndexOf(true);
            answers.Add(new QueryAnswer(query, values, ranking.First(task.Shown), ranking[first], first + 1));
        }
        return new RetrievalReport
        {
            Queries = task.Queries.Count,
            Unanswerable = task.Queries.Count - answers.Count,
            Figures = Figures(task, answers),
            Categories = task.Categories is { } categories ? ByCategory(task, categories, answers) : [],
            Confusion = confusion,
            Curves = curves.Build(),
            Answers = answers,
        };
    }

    private static CategoryFigures[] ByCategory(RetrievalTask task, CategoryLabels categories, List<QueryAnswer> answers) =>
        [.. answers.GroupBy(a => categories.OfQueries[a.Query])
            .OrderBy(c => c.Key)
            .Select(c => new CategoryFigures(categories.Names[c.Key], c.Count(), Figures(task, [.. c])))];

    private static Figure[] Figures(RetrievalTask task, IReadOnlyList<QueryAnswer> answers) =>
        [.. task.Measures.Select((measure, m) => new Figure(measure.Name, ConfidenceInterval.Bootstrap([.. answers.Select(a => a.Values[m])])))];

    private static void Require(RetrievalTask task)
    {
        if (!VectorKernels.IsFinite(task.Queries.Values.Span) || !VectorKernels.IsFinite(task.Gallery.Values.Span))
            throw new ArgumentException("A vector has a component that is not a finite number; it can't be ranked.", nameof(task));
        if (task.Categories is { } categories
            && (categories.OfQueries.Count != task.Queries.Count || categories.OfGallery.Count != task.Gallery.Count))
        {
            throw new ArgumentException(
                $"Categories are given for {categories.OfQueries.Count} queries and {categories.OfGallery.Count} gallery rows; "
                + $"there are {task.Queries.Count} and {task.Gallery.Count}.", nameof(task));
        }
    }
}
