namespace Search.Embedding.Tests;

public sealed class QueriesFirstTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly QueriesFirst _queries = new();
    private readonly ManualTime _time = new();

    [Fact]
    public void Wait_WithoutQueries_IsOverAtOnce() => Assert.True(WaitAsync().IsCompletedSuccessfully);

    [Fact]
    public async Task Wait_WhileTwoQueriesAreUnderWay_IsOverWithTheLast()
    {
        var (first, second) = (_queries.Begin(), _queries.Begin());
        var wait = WaitAsync();
        first.Dispose();
        Assert.False(wait.IsCompleted);
        second.Dispose();
        await wait;
    }

    [Fact]
    public async Task Wait_WhileQueriesNeverEnd_IsOverAfterItsPatience()
    {
        using var query = _queries.Begin();
        var wait = WaitAsync();
        Assert.False(wait.IsCompleted);
        _time.Advance(Patience);
        await wait;
    }

    private Task WaitAsync() => _queries.WaitAsync(Patience, _time, TestContext.Current.CancellationToken);
}
