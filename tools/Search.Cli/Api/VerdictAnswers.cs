namespace Search.Cli.Api;

/// <summary>Answer of GET /v1/models/gate, newest first.</summary>
internal sealed record VerdictList(IReadOnlyList<Verdict> Verdicts);

/// <summary>Answer of POST /v1/models/gate.</summary>
internal sealed record Verdict(
    string Candidate, string Production, string Source, DateTimeOffset JudgedAt, int Items, int Pictures, string Outcome, bool Admits, IReadOnlyList<string> Reasons,
    IReadOnlyList<VerdictFigure> Figures);

internal sealed record VerdictFigure(
    string Metric, int Queries, double Candidate, double Production, double Gain, double Low, double High, IReadOnlyList<VerdictCategory> Categories);

internal sealed record VerdictCategory(string Category, int Queries, double Candidate, double Production, double Gain, double Low, double High, bool Counted, bool Worse);
