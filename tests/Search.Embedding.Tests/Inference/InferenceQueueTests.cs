using Search.Contracts;

namespace Search.Embedding.Tests;

public sealed class InferenceQueueTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMilliseconds(3);

    private readonly ManualTime _time = new();
    private readonly TensorPool _tensors = new(1, 1, kept: 64);
    private readonly StepwiseRunner _first = new();
    private readonly StepwiseRunner _second = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithNothingInFlight_StartsAtOnceWhileTheClockStandsStill()
    {
        using var queue = Queue(maxSize: 32, _first);
        _first.LetGo();
        Assert.Equal(Values(7f), await queue.RunAsync(Picture(7), WorkLane.Query, Stop));
    }

    [Fact]
    public async Task Run_WhileAnotherRuns_StartsOnTheFreeRunnerWhenItsDeadlineIsOver()
    {
        using var queue = Queue(maxSize: 32, _first, _second);
        var one = queue.RunAsync(Picture(1), WorkLane.Query, Stop);
        var (busy, free) = await WhoStarts();

        var two = queue.RunAsync(Picture(2), WorkLane.Query, Stop);
        await _time.TimerIsSetAsync(Stop);
        Assert.False(free.HasStarted);

        _time.Advance(s_deadline);
        Assert.Equal(Values(2f), await free.BatchStartsAsync(Stop));
        busy.LetGo();
        free.LetGo();
        Assert.Equal<float[]>([[1f], [2f]], await Task.WhenAll(one, two));
    }

    [Fact]
    public async Task Run_WhileTheOnlyRunnerIsBusy_GathersIntoOneBatchThatStartsWhenItIsFree()
    {
        using var queue = Queue(maxSize: 32, _first);
        var all = new List<Task<float[]>> { queue.RunAsync(Picture(1), WorkLane.Query, Stop) };
        await _first.BatchStartsAsync(Stop);
        for (var i = 2; i <= 5; i++)
            all.Add(queue.RunAsync(Picture(i), WorkLane.Query, Stop));

        _first.LetGo();
        Assert.Equal(Values(2f, 3f, 4f, 5f), await _first.BatchStartsAsync(Stop));
        _first.LetGo();
        Assert.Equal<float[]>([[1f], [2f], [3f], [4f], [5f]], await Task.WhenAll(all));
    }

    [Fact]
    public async Task Run_WhenTheBatchIsFull_StartsBeforeTheDeadline()
    {
        using var queue = Queue(maxSize: 2, _first, _second);
        var one = queue.RunAsync(Picture(1), WorkLane.Query, Stop);
        var (busy, free) = await WhoStarts();
        var two = queue.RunAsync(Picture(2), WorkLane.Query, Stop);
        var three = queue.RunAsync(Picture(3), WorkLane.Query, Stop);

        Assert.Equal(Values(2f, 3f), await free.BatchStartsAsync(Stop));
        free.LetGo();
        busy.LetGo();
        await Task.WhenAll(one, two, three);
    }

    [Fact]
    public async Task Run_WithMoreThanABatchWaiting_TheRestKeepsItsOwnDeadline()
    {
        using var queue = Queue(maxSize: 2, _first, _second);
        var all = new List<Task<float[]>> { queue.RunAsync(Picture(1), WorkLane.Query, Stop) };
        var (busy, free) = await WhoStarts();
        all.Add(queue.RunAsync(Picture(2), WorkLane.Query, Stop));
        all.Add(queue.RunAsync(Picture(3), WorkLane.Query, Stop));
        await free.BatchStartsAsync(Stop);
        all.Add(queue.RunAsync(Picture(4), WorkLane.Query, Stop));
        free.LetGo();
        _time.Advance(s_deadline);

        // The busy runner never gets free: only the deadline can bring the fourth on its way.
        Assert.Equal(Values(4f), await free.BatchStartsAsync(Stop));
        free.LetGo();
        busy.LetGo();
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Run_WithBothLanesWaiting_ServesQueriesFirst()
    {
        using var queue = Queue(maxSize: 1, _first);
        var all = new List<Task<float[]>> { queue.RunAsync(Picture(1), WorkLane.Catalogue, Stop) };
        await _first.BatchStartsAsync(Stop);
        all.Add(queue.RunAsync(Picture(2), WorkLane.Catalogue, Stop));
        all.Add(queue.RunAsync(Picture(3), WorkLane.Query, Stop));

        _first.LetGo(3);
        Assert.Equal(Values(3f), await _first.BatchStartsAsync(Stop));
        Assert.Equal(Values(2f), await _first.BatchStartsAsync(Stop));
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Run_CancelledWhileItWaits_NeverReachesTheModel()
    {
        using var queue = Queue(maxSize: 1, _first);
        var one = queue.RunAsync(Picture(1), WorkLane.Query, Stop);
        await _first.BatchStartsAsync(Stop);
        using var givesUp = new CancellationTokenSource();
        var two = queue.RunAsync(Picture(2), WorkLane.Query, givesUp.Token);
        var three = queue.RunAsync(Picture(3), WorkLane.Query, Stop);

        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        _first.LetGo(2);
        Assert.Equal(Values(3f), await _first.BatchStartsAsync(Stop));
        await Task.WhenAll(one, three);
    }

    [Fact]
    public async Task Run_WithAsManyQueriesWaitingAsAllowed_Answers503ToTheNextAndStillTakesTheCatalogue()
    {
        using var queue = Queue(maxSize: 1, _first);
        var all = new List<Task<float[]>> { queue.RunAsync(Picture(0), WorkLane.Query, Stop) };
        await _first.BatchStartsAsync(Stop);
        for (var i = 1; i <= 4; i++)
            all.Add(queue.RunAsync(Picture(i), WorkLane.Query, Stop));

        var refused = await Assert.ThrowsAsync<ServiceProblemException>(() => queue.RunAsync(Picture(5), WorkLane.Query, Stop));
        Assert.Equal(503, refused.Problem.Status);
        Assert.NotNull(refused.Problem.RetryAfterSeconds);
        all.Add(queue.RunAsync(Picture(6), WorkLane.Catalogue, Stop));
        _first.LetGo(all.Count);
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Run_WhenTheModelFails_FailsThatBatchAloneAndGoesOn()
    {
        using var queue = Queue(maxSize: 1, _first);
        _first.FailWith = new InvalidOperationException("out of memory");
        _first.LetGo(2);
        await Assert.ThrowsAsync<InvalidOperationException>(() => queue.RunAsync(Picture(1), WorkLane.Query, Stop));
        Assert.Equal(Values(2f), await queue.RunAsync(Picture(2), WorkLane.Query, Stop));
    }

    [Fact]
    public async Task Dispose_WithWorkWaiting_FinishesWhatRunsAndFailsTheRest()
    {
        var queue = Queue(maxSize: 1, _first);
        var runs = queue.RunAsync(Picture(1), WorkLane.Query, Stop);
        await _first.BatchStartsAsync(Stop);
        var waits = queue.RunAsync(Picture(2), WorkLane.Query, Stop);
        var closing = Task.Run(queue.Dispose, Stop);
        await DoorIsClosedAsync(queue);
        _first.LetGo();
        await closing;
        Assert.Equal(Values(1f), await runs);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waits);
    }

    public void Dispose()
    {
        _tensors.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private static float[] Values(params float[] values) => values;

    private InferenceQueue Queue(int maxSize, params IBatchRunner[] runners) => new(runners, new BatchPolicy(maxSize, s_deadline, QueryCapacity: 4), _time);

    private InputTensor Picture(float value)
    {
        var input = _tensors.Rent();
        input.Values[0] = value;
        return input;
    }

    /// <summary>Until the queue has closed, what comes in is taken and, being cancelled already, dropped.</summary>
    private async Task DoorIsClosedAsync(InferenceQueue queue)
    {
        while (true)
        {
            try
            {
                await queue.RunAsync(Picture(0), WorkLane.Catalogue, new CancellationToken(canceled: true));
            }
            catch (OperationCanceledException)
            {
                await Task.Yield();
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task<(StepwiseRunner Busy, StepwiseRunner Free)> WhoStarts()
    {
        using var other = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var first = _first.BatchStartsAsync(other.Token);
        var second = _second.BatchStartsAsync(other.Token);
        var started = await Task.WhenAny(first, second);
        await other.CancelAsync();
        await started;
        return started == first ? (_first, _second) : (_second, _first);
    }
}
