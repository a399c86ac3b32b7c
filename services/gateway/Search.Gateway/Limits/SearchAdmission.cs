using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Gateway.Searching;

namespace Search.Gateway.Limits;

/// <summary>
/// Keeps the searches of all callers together within what the process can take: memory while bodies come in, work after that. A slow
/// uploader holds memory but no worker.
/// </summary>
internal sealed class SearchAdmission : IDisposable
{
    private const int UnitBytes = 1024;

    private readonly long _largestBody;
    private readonly int _memoryUnits;
    private readonly ConcurrencyLimiter _memory;
    private readonly ConcurrencyLimiter _work;

    public SearchAdmission(IOptions<GatewayOptions> options)
    {
        _largestBody = options.Value.MaxSearchBodyBytes;
        _memoryUnits = (int)Math.Min(options.Value.MaxBufferedBytes / UnitBytes, int.MaxValue);
        _memory = new(new ConcurrencyLimiterOptions { PermitLimit = _memoryUnits, QueueLimit = 0 });
        _work = new(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.Value.MaxConcurrentSearches,
            QueueLimit = options.Value.MaxQueuedSearches,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Before the body is read; given back when the search is over.</summary>
    /// <exception cref="ServiceProblemException">503 when the bodies under way take all the memory they may.</exception>
    internal IDisposable ReserveBody(long? contentLength)
    {
        // A length above the limit is refused before anything is read.
        var bytes = Math.Min(contentLength ?? _largestBody, _largestBody);
        return Admit(_memory.AttemptAcquire((int)Math.Min(bytes / UnitBytes + 1, _memoryUnits)));
    }

    /// <summary>Waits for its turn, as long as the deadline allows.</summary>
    /// <exception cref="ServiceProblemException">503 when too many wait already, or the turn did not come in time.</exception>
    internal async ValueTask<IDisposable> EnterAsync(Deadline deadline, CancellationToken cancellation)
    {
        var atOnce = _work.AttemptAcquire();
        if (atOnce.IsAcquired)
            return atOnce;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline.Remaining);
        try
        {
            return Admit(await _work.AcquireAsync(1, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Overloaded();
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        _work.Dispose();
    }

    private static RateLimitLease Admit(RateLimitLease lease)
    {
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        throw Overloaded();
    }

    private static ServiceProblemException Overloaded() =>
        new(ServiceProblem.Overloaded("More searches are under way than this service can take; try again in a moment."));
}
