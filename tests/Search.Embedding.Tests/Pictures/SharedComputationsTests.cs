namespace Search.Embedding.Tests;

public sealed class SharedComputationsTests
{
    private readonly SharedComputations<int> _shared = new();
    private readonly TaskCompletionSource<int> _answer = new();
    private int _started;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OfTheSameKeyAtTheSameTime_ComputesOnce()
    {
        var all = Enumerable.Range(0, 20).Select(_ => _shared.GetAsync("a", ComputeAsync, Stop)).ToList();
        _answer.SetResult(5);
        Assert.All(await Task.WhenAll(all), value => Assert.Equal(5, value));
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task Get_WhenOneCallerGivesUp_StillAnswersTheOthers()
    {
        using var givesUp = new CancellationTokenSource();
        var gone = _shared.GetAsync("a", ComputeAsync, givesUp.Token);
        var stays = _shared.GetAsync("a", ComputeAsync, Stop);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _answer.SetResult(5);
        Assert.Equal(5, await stays);
    }

    [Fact]
    public async Task Get_WhenTheLastCallerGivesUp_CancelsTheComputationAndStartsAfreshForTheNext()
    {
        var cancelled = new TaskCompletionSource();
        using var givesUp = new CancellationTokenSource();
        var gone = _shared.GetAsync("a", c => { c.Register(cancelled.SetResult); return ComputeAsync(c); }, givesUp.Token);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await cancelled.Task.WaitAsync(Stop);
        Assert.Equal(8, await _shared.GetAsync("a", _ => Task.FromResult(8), Stop));
    }

    [Fact]
    public async Task Get_AfterAFailure_ComputesAgain()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _shared.GetAsync("a", _ => throw new InvalidOperationException(), Stop));
        Assert.Equal(8, await _shared.GetAsync("a", _ => Task.FromResult(8), Stop));
    }

    private Task<int> ComputeAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _started);
        return _answer.Task.WaitAsync(cancellation);
    }
}
