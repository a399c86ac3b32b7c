namespace Search.Indexing;

internal static class HostStarted
{
    /// <summary>Returns when every hosted service has started.</summary>
    internal static async Task WaitUntilStartedAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }
}
