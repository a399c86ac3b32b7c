using Search.Contracts.Verdicts;

namespace Search.Gateway.Models;

/// <summary>The verdicts about one candidate, newest first.</summary>
public sealed record VerdictsAnswer(IReadOnlyList<VerdictAnswer> Verdicts);

/// <summary>What judging a candidate beside production on the same queries came to.</summary>
/// <param name="Source">catalogue or photos.</param>
/// <param name="DataHash">SHA-256 of what was asked.</param>
/// <param name="Items">Pieces among which was searched.</param>
/// <param name="Outcome">passed, failed or undecided.</param>
/// <param name="Admits">Whether the candidate may take production's place on this verdict.</param>
/// <param name="Reasons">What was not good enough, and what could not be judged.</param>
public sealed record VerdictAnswer(
    string Candidate, string Production, string Source, DateTimeOffset JudgedAt, string DataHash, int Items, int Pictures, string Outcome, bool Admits, IReadOnlyList<string> Reasons,
    IReadOnlyList<FigureAnswer> Figures)
{
    internal static VerdictAnswer Of(ModelVerdict verdict) => new(
        verdict.Candidate.Value, verdict.Production.Value, Lower(verdict.Source), verdict.JudgedAt, verdict.DataHash, verdict.Items, verdict.Pictures, Lower(verdict.Outcome), verdict.Admits,
        verdict.Reasons, [.. verdict.Figures.Select(FigureAnswer.Of)]);

    internal static double Rounded(double value) => Math.Round(value, 4);

    private static string Lower<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}

/// <summary>One metric of both models over the same queries.</summary>
/// <param name="Gain">Mean of the differences query by query.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record FigureAnswer(
    string Metric, int Queries, double Candidate, double Production, double Gain, double Low, double High, IReadOnlyList<CategoryFigureAnswer> Categories)
{
    internal static FigureAnswer Of(VerdictFigure figure) => new(
        figure.Metric, figure.Queries, VerdictAnswer.Rounded(figure.Candidate), VerdictAnswer.Rounded(figure.Production), VerdictAnswer.Rounded(figure.Gain), VerdictAnswer.Rounded(figure.Low),
        VerdictAnswer.Rounded(figure.High), [.. figure.Categories.Select(CategoryFigureAnswer.Of)]);
}

/// <summary>One category's share of it.</summary>
/// <param name="Counted">It has enough queries to be held against the candidate.</param>
/// <param name="Worse">It counts, and the candidate loses more than is tolerated.</param>
public sealed record CategoryFigureAnswer(string Category, int Queries, double Candidate, double Production, double Gain, double Low, double High, bool Counted, bool Worse)
{
    internal static CategoryFigureAnswer Of(VerdictCategory category) => new(
        category.Category, category.Queries, VerdictAnswer.Rounded(category.Candidate), VerdictAnswer.Rounded(category.Production), VerdictAnswer.Rounded(category.Gain),
        VerdictAnswer.Rounded(category.Low), VerdictAnswer.Rounded(category.High), category.Counted, category.Worse);
}
