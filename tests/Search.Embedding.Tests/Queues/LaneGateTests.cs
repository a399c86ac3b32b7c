using Search.Contracts;

namespace Search.Embedding.Tests;

public sealed class LaneGateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_WhenFull_WaitsUntilSomebodyLeaves()
    {
        var gate = new LaneGate(1, queryCapacity: 10);
        await gate.EnterAsync(WorkLane.Catalogue, Stop);
        var next = gate.EnterAsync(WorkLane.Catalogue, Stop);
        Assert.False(next.IsCompleted);
        gate.Leave();
        await next;
    }

    [Fact]
    public async Task Leave_WithBothLanesWaiting_LetsTheQueryIn()
    {
        var gate = new LaneGate(1, queryCapacity: 10);
        await gate.EnterAsync(WorkLane.Catalogue, Stop);
        var catalogue = gate.EnterAsync(WorkLane.Catalogue, Stop);
        var query = gate.EnterAsync(WorkLane.Query, Stop);
        gate.Leave();
        await query;
        Assert.False(catalogue.IsCompleted);
        gate.Leave();
        await catalogue;
    }

    [Fact]
    public async Task Enter_CancelledWhileItWaits_LeavesItsTurnToTheNext()
    {
        var gate = new LaneGate(1, queryCapacity: 10);
        await gate.EnterAsync(WorkLane.Query, Stop);
        using var givesUp = new CancellationTokenSource();
        var gone = gate.EnterAsync(WorkLane.Query, givesUp.Token);
        var stays = gate.EnterAsync(WorkLane.Query, Stop);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        gate.Leave();
        await stays;
    }

    [Fact]
    public async Task Enter_WithAsManyQueriesWaitingAsAllowed_Answers503()
    {
        var gate = new LaneGate(1, queryCapacity: 1);
        await gate.EnterAsync(WorkLane.Query, Stop);
        var waits = gate.EnterAsync(WorkLane.Query, Stop);
        var refused = await Assert.ThrowsAsync<ServiceProblemException>(() => gate.EnterAsync(WorkLane.Query, Stop));
        Assert.Equal(503, refused.Problem.Status);
        gate.Leave();
        await waits;
    }
}
