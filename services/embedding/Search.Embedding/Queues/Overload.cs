using Search.Contracts;

namespace Search.Embedding;

/// <summary>The one answer to a query that finds the queue full.</summary>
internal static class Overload
{
    internal static ServiceProblemException Of(int capacity) => new(ServiceProblem.Overloaded(
        $"{capacity} pictures wait to be embedded already. Try again in a second."));
}
