using Search.Contracts;
using Search.Contracts.Verdicts;

namespace Search.Registry;

/// <summary>A verdict as the index knows it; the whole lies under its hash.</summary>
/// <param name="Sha256">Of the stored verdict.</param>
/// <param name="Admits">Whether it lets the candidate take production's place.</param>
/// <param name="JudgedAt">UTC.</param>
public sealed record RecordedVerdict(
    string Sha256, EmbeddingModelId Candidate, EmbeddingModelId Production, VerdictSource Source, VerdictOutcome Outcome, bool Admits, DateTimeOffset JudgedAt);
