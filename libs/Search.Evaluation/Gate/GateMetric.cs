namespace Search.Evaluation.Gate;

/// <summary>What a gate holds two models against each other by: a measure of the answers to one question.</summary>
/// <param name="Question">Its id as evaluations name it, e.g. <c>category</c>.</param>
/// <param name="Measure">Of its answers.</param>
public sealed record GateMetric(string Question, Measure Measure)
{
    /// <summary>Question and measure, as <see cref="TryParse"/> reads it.</summary>
    public string Name => $"{Question} {Measure.Name}";

    /// <summary>Reads several, separated by commas, e.g. <c>category mAP, piece R@1</c>.</summary>
    /// <param name="text">What an operator wrote.</param>
    /// <param name="questions">Those that can be asked.</param>
    /// <param name="metrics">In the order given.</param>
    /// <param name="problem">What is wrong and what there is, when it returns false.</param>
    public static bool TryParse(string? text, IReadOnlyCollection<string> questions, out IReadOnlyList<GateMetric> metrics, out string problem)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var parsed = new List<GateMetric>();
        (metrics, problem) = (parsed, "");
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var question, var name] || !questions.Contains(question) || Measures.Find(name) is not { } measure)
            {
                problem = $"'{part}' is no metric: a question ({string.Join(", ", questions)}), a space, and a measure such as mAP, R@1, P@10, MRR or nDCG@10.";
                return false;
            }
            if (parsed.Any(known => known.Name == $"{question} {measure.Name}"))
            {
                problem = $"'{part}' is named twice.";
                return false;
            }
            parsed.Add(new GateMetric(question, measure));
        }
        if (parsed.Count == 0)
            problem = "At least one metric is needed, e.g. 'category mAP'.";
        return parsed.Count > 0;
    }
}
