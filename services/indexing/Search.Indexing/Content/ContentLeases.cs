namespace Search.Indexing.Content;

/// <summary>
/// Keeps content from being cleaned away between the moment its blob is known to be stored and the commit of the row that refers to it.
/// Safe for concurrent use.
/// </summary>
internal sealed class ContentLeases
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _held = [];
    private readonly Dictionary<string, TaskCompletionSource> _blocked = [];

    /// <summary>Holds the content; waits while it is being deleted.</summary>
    internal async ValueTask HoldAsync(string hash)
    {
        while (true)
        {
            Task deleted;
            lock (_gate)
            {
                if (!_blocked.TryGetValue(hash, out var blocked))
                {
                    _held[hash] = _held.GetValueOrDefault(hash) + 1;
                    return;
                }
                deleted = blocked.Task;
            }
            await deleted;
        }
    }

    internal void Release(string hash)
    {
        lock (_gate)
        {
            if (--_held[hash] == 0)
                _held.Remove(hash);
        }
    }

    /// <summary>Makes further holders wait; false when somebody holds it.</summary>
    internal bool TryBlock(string hash)
    {
        lock (_gate)
            return !_held.ContainsKey(hash) && _blocked.TryAdd(hash, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    internal void Unblock(string hash)
    {
        lock (_gate)
        {
            if (_blocked.Remove(hash, out var blocked))
                blocked.SetResult();
        }
    }
}
