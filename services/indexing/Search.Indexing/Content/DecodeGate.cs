using Microsoft.Extensions.Options;
using Search.Contracts;

namespace Search.Indexing.Content;

/// <summary>Bounds the decodes that run at a time, and with them memory: one may take hundreds of megabytes.</summary>
internal sealed class DecodeGate(IOptions<IndexingOptions> options) : IDisposable
{
    /// <summary>A page full of new thumbnails for several visitors may wait; each waiter holds an encoded picture.</summary>
    private const int MaxWaiting = 256;

    private readonly SemaphoreSlim _free = new(options.Value.MaxDecodes);
    private int _waiting;

    /// <exception cref="ServiceProblemException">503: too many are waiting already.</exception>
    internal async Task<T> RunAsync<T>(Func<T> decode, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ServiceProblemException(ServiceProblem.Overloaded("Too many pictures are being read at the moment."));
        }
        try
        {
            await _free.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        try
        {
            return await Task.Run(decode, cancellation);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
