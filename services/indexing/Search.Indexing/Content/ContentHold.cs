namespace Search.Indexing.Content;

/// <summary>What one request holds until it is done. Safe for concurrent use while it is open.</summary>
internal sealed class ContentHold(ContentLeases leases) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _hashes = [];

    internal async ValueTask AddAsync(string hash)
    {
        lock (_gate)
        {
            if (_hashes.Contains(hash))
                return;
        }
        await leases.HoldAsync(hash);
        lock (_gate)
        {
            if (_hashes.Add(hash))
                return;
        }
        leases.Release(hash);
    }

    public void Dispose()
    {
        foreach (var hash in _hashes)
            leases.Release(hash);
        _hashes.Clear();
    }
}
