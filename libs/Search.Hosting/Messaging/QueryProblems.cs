using Search.Contracts;
using Search.Hosting.Blobs;

namespace Search.Hosting.Messaging;

internal static class QueryProblems
{
    internal static ServiceProblem Internal(string query) =>
        new(500, "internal", "Internal error", $"The service that answers {query} failed; its log has the reason.");

    /// <summary>Of what a handler threw that is no problem already: a store that is away passes, everything else is a bug of ours.</summary>
    internal static ServiceProblem Of(Exception exception, string query) => exception is BlobStoreException
        ? ServiceProblem.Unavailable($"The service that answers {query} can't reach its pictures right now; try again soon.")
        : Internal(query);

    internal static ServiceProblem NoAnswer(string query, TimeSpan deadline) =>
        ServiceProblem.Unavailable($"No answer to {query} came within {deadline.TotalSeconds:0.#} s.");
}
