namespace Search.Testing;

/// <summary>Waits for something that another thread or process brings about.</summary>
public static class Wait
{
    /// <exception cref="TimeoutException">It did not come about in time.</exception>
    public static Task UntilAsync(Func<bool> condition, TimeSpan? atMost = null) =>
        UntilAsync(() => Task.FromResult(condition()), atMost);

    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? atMost = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var limit = new CancellationTokenSource(atMost ?? TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException("The awaited condition did not come about in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }
}
