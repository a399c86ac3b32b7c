namespace Search.MetricLearning.Training.Validation;

/// <summary>
/// Measures a run while it learns, on pieces that it does not learn from, keeps the best weights of each stage and ends a stage that gets no better (Prechelt, 1998). Those pieces
/// are taken from the training photos; what a model is judged on in the end is never looked at.
/// </summary>
public sealed record ValidationOptions
{
    /// <summary>Share of the training photos that is set aside, in whole pieces, above 0 to below 1. They are missing from training.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>Steps from one measurement to the next, at least 1; a stage's last step is always measured. One embeds every photo set aside twice.</summary>
    public int Every { get; init; } = 50;

    /// <summary>Measurements in a row without a better one that end a stage, at least 1. The learning rate falls towards a stage's end, and most of the gain comes with that: be patient.</summary>
    public int Patience { get; init; } = 4;

    internal void AddErrors(List<string> errors)
    {
        if (!(Share > 0 && Share < 1))
            errors.Add($"validation.share is {Share}, not between 0 and 1");
        if (Every < 1)
            errors.Add($"validation.every is {Every}, not at least 1");
        if (Patience < 1)
            errors.Add($"validation.patience is {Patience}, not at least 1");
    }
}
