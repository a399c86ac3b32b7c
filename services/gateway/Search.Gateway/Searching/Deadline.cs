using Search.Contracts;

namespace Search.Gateway.Searching;

/// <summary>The time that a search has left; each hop gets what the hops before it did not use.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _start = time.GetTimestamp();

    internal TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <exception cref="ServiceProblemException">503 when nothing is left.</exception>
    internal TimeSpan Remaining => limit - Elapsed is { Ticks: > 0 } left
        ? left
        : throw new ServiceProblemException(ServiceProblem.Unavailable($"The search did not end within {limit.TotalSeconds:0.#} s."));
}
