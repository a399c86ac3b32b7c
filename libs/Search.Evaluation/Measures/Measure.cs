namespace Search.Evaluation;

/// <summary>The value of one measure for one answer.</summary>
public delegate double AnswerValue(in RankedAnswer answer);

/// <summary>A measure of ranked answers under its name in reports. Make the next one with a line in <see cref="Measures"/> or anywhere else.</summary>
/// <param name="Name">As the literature writes it, e.g. <c>P@10</c>.</param>
/// <param name="Value">Computes it; in [0, 1], more is better.</param>
public sealed record Measure(string Name, AnswerValue Value)
{
    public override string ToString() => Name;
}
