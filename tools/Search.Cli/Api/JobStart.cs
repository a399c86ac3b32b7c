using System.Text.Json;

namespace Search.Cli.Api;

/// <summary>Body of POST /v1/training-jobs.</summary>
internal sealed record JobStart(
    string Name, string Photos, string? Version, string? Catalogue, string? JudgingCatalogue, string? StartFrom, int Seed, JsonElement? Recipe, bool Candidate, string? Note);
