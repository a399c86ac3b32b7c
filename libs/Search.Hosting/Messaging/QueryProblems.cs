using Search.Contracts;

namespace Search.Hosting.Messaging;

internal static class QueryProblems
{
    internal static ServiceProblem Internal(string query) =>
        new(500, "internal", "Internal error", $"The service that answers {query} failed; its log has the reason.");

    internal static ServiceProblem NoAnswer(string query, TimeSpan deadline) =>
        ServiceProblem.Unavailable($"No answer to {query} came within {deadline.TotalSeconds:0.#} s.");
}
