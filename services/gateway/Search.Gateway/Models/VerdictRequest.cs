using System.Text.Json;
using Search.Contracts;
using Search.Contracts.Verdicts;
using Search.Gateway.Requests;

namespace Search.Gateway.Models;

/// <summary>A verdict from outside, every value checked before it is kept for good.</summary>
internal static class VerdictRequest
{
    internal const int MaxBytes = 1024 * 1024;

    /// <exception cref="ServiceProblemException">400: it is no verdict on photos.</exception>
    internal static async Task<ModelVerdict> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        ModelVerdict? verdict;
        try
        {
            verdict = await JsonSerializer.DeserializeAsync<ModelVerdict>(request.Body, ContractJson.Options, cancellation);
        }
        catch (JsonException e)
        {
            throw Refused(RequestProblems.Quote(e.Message));
        }
        if (verdict is null)
            throw Refused("It is null.");
        // What the catalogue says is found out here, not told.
        Require(verdict.Source == VerdictSource.Photos, "its source is photos");
        Require(ContentHash.IsValid(verdict.DataHash), "dataHash is a SHA-256");
        Require(verdict.Items >= 0 && verdict.Pictures >= 0, "items and pictures are counts");
        Require(verdict.Admits == (verdict.Outcome == VerdictOutcome.Passed), "it admits a candidate that passed, and no other");
        Require(Array.TrueForAll(verdict.Reasons, (string? reason) => reason is not null), "reasons are sentences");
        Require(Array.TrueForAll(verdict.Figures, IsSound), "figures are means from 0 to 1 and their differences");
        return verdict;
    }

    // The serialiser checks members for null, not what lies inside lists.
    private static bool IsSound(VerdictFigure? figure) =>
        figure is not null
        && IsSound(figure.Queries, figure.Candidate, figure.Production, figure.Gain, figure.Low, figure.High)
        && Array.TrueForAll(figure.Categories, (VerdictCategory? category) => category is not null && IsSound(category.Queries, category.Candidate, category.Production, category.Gain, category.Low, category.High));

    private static bool IsSound(int queries, double candidate, double production, double gain, double low, double high) =>
        queries > 0 && candidate is >= 0 and <= 1 && production is >= 0 and <= 1 && low >= -1 && low <= gain && gain <= high && high <= 1;

    private static void Require(bool condition, string rule)
    {
        if (!condition)
            throw Refused($"Of a verdict from outside, {rule}.");
    }

    private static ServiceProblemException Refused(string detail) =>
        RequestProblems.Invalid("Not a verdict", $"The body is a verdict on photos as 'evaluate --verdict' writes it. {detail}");
}
