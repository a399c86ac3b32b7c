using Search.Contracts;

namespace Search.Embedding.Tests;

public sealed class LaneWorkersTests : IDisposable
{
    private readonly LaneWorkers _workers = new("test", threads: 1, queryCapacity: 2);
    private readonly SemaphoreSlim _go = new(0);
    private readonly List<string> _order = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithBothLanesWaiting_DoesTheQueryFirst()
    {
        var busy = await OccupyAsync();
        var catalogue = Note("catalogue", WorkLane.Catalogue, Stop);
        var query = Note("query", WorkLane.Query, Stop);
        _go.Release();
        await Task.WhenAll(busy, catalogue, query);
        Assert.Equal(["query", "catalogue"], _order);
    }

    [Fact]
    public async Task Run_CancelledWhileItWaits_IsNeverBegun()
    {
        var busy = await OccupyAsync();
        using var givesUp = new CancellationTokenSource();
        var gone = Note("gone", WorkLane.Query, givesUp.Token);
        var stays = Note("stays", WorkLane.Query, Stop);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _go.Release();
        await Task.WhenAll(busy, stays);
        Assert.Equal(["stays"], _order);
    }

    [Fact]
    public async Task Run_WithAsManyQueriesWaitingAsAllowed_Answers503ToTheNextAndStillTakesTheCatalogue()
    {
        var busy = await OccupyAsync();
        var waiting = new List<Task> { busy, Note("1", WorkLane.Query, Stop), Note("2", WorkLane.Query, Stop) };
        var refused = await Assert.ThrowsAsync<ServiceProblemException>(() => Note("3", WorkLane.Query, Stop));
        Assert.Equal(503, refused.Problem.Status);
        waiting.Add(Note("4", WorkLane.Catalogue, Stop));
        _go.Release();
        await Task.WhenAll(waiting);
        Assert.Equal(["1", "2", "4"], _order);
    }

    [Fact]
    public async Task Run_OfWorkThatThrows_ThrowsThatAndGoesOn()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => _workers.RunAsync<int>(() => throw new InvalidDataException(), WorkLane.Query, Stop));
        Assert.Equal(5, await _workers.RunAsync(() => 5, WorkLane.Query, Stop));
    }

    [Fact]
    public async Task Run_AfterDispose_IsRefused()
    {
        _workers.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _workers.RunAsync(() => 5, WorkLane.Query, Stop));
    }

    public void Dispose()
    {
        _workers.Dispose();
        _go.Dispose();
    }

    /// <summary>The one thread is inside a job, and the queue empty.</summary>
    private async Task<Task> OccupyAsync()
    {
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = _workers.RunAsync(
            () =>
            {
                inside.SetResult();
                _go.Wait();
                return 0;
            },
            WorkLane.Catalogue,
            Stop);
        await inside.Task;
        return busy;
    }

    private Task<int> Note(string name, WorkLane lane, CancellationToken cancellation) => _workers.RunAsync(
        () =>
        {
            _order.Add(name);
            return 0;
        },
        lane,
        cancellation);
}
