using Search.Contracts;

namespace Search.Gateway.Searching;

/// <summary>The time that a search has left; each hop gets what the hops before it did not use.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _start = time.GetTimestamp();

    internal TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <exception cref="ServiceProblemException">503 when nothing is left.</exception>
    internal TimeSpan Remaining => limit - Elapsed is { Ticks: > 0 } left ? left : throw Missed();

    /// <summary>Work that has no limit of its own, cancelled when nothing is left.</summary>
    /// <exception cref="ServiceProblemException">503 when nothing is left.</exception>
    internal async Task KeepAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var limited = new CancellationTokenSource(Remaining, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limited.Token);
        try
        {
            await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Missed();
        }
    }

    private ServiceProblemException Missed() => new(ServiceProblem.Unavailable($"The search did not end within {limit.TotalSeconds:0.#} s."));
}
