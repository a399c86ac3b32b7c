namespace Search.Embedding;

/// <summary>A model in service, counted by its users: whoever began with it finishes with it, and the last to leave after its release disposes of it. Safe for concurrent use.</summary>
internal sealed class ServedModel(EmbeddingModel model)
{
    /// <summary>The first use is that of the service itself.</summary>
    private int _users = 1;

    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EmbeddingModel Model { get; } = model;

    /// <summary>Completes when the last user is done after its release: nothing is made with it any more.</summary>
    public Task Gone => _gone.Task;

    /// <returns>False once it is disposed of.</returns>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return true;
            users = seen;
        }
        return false;
    }

    /// <summary>Ends one use; the service itself leaves when no alias names the model any more.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
            return;
        Model.Dispose();
        _gone.SetResult();
    }
}

/// <summary>One use of a model, which stays loaded until this is disposed of, once.</summary>
internal readonly struct ModelUse(ServedModel served) : IDisposable
{
    public EmbeddingModel Model => served.Model;

    public void Dispose() => served.Leave();
}
