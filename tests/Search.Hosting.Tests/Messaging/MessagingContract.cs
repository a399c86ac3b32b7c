using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;
using Search.Testing;

namespace Search.Hosting.Tests.Messaging;

/// <summary>What every transport promises to the services.</summary>
public abstract class MessagingContract : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;

    protected abstract string Transport { get; }

    protected abstract string Address { get; }

    protected abstract void SkipIfAbsent();

    private IQueryBus Queries => _app!.Services.GetRequiredService<IQueryBus>();

    private IEventBus Events => _app!.Services.GetRequiredService<IEventBus>();

    private Record Seen => _app!.Services.GetRequiredService<Record>();

    public async ValueTask InitializeAsync()
    {
        SkipIfAbsent();
        _app = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            // Disposing alone would leave the old consumers connected, and they would take the next test's messages.
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Ask_GetsTheHandlersAnswer_WithBinaryPayloadIntact()
    {
        var answer = await Queries.AskAsync<Ask, Answer>(new Ask(7, new byte[60_000]), Patience, TestContext.Current.CancellationToken);

        Assert.Equal(new Answer(7, 60_000), answer);
    }

    [Fact]
    public async Task Ask_WhenTheHandlerThrowsAProblem_TheCallerGetsThatProblem()
    {
        var e = await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(-1));

        Assert.Equal(new ServiceProblem(422, "odd", "Odd", "Negative.", 3), e.Problem);
    }

    [Fact]
    public async Task Ask_WhenTheHandlerHasABug_TheCallerLearnsAtOnceWithoutItsInternals()
    {
        var e = await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(-2));

        Assert.Equal(500, e.Problem.Status);
        Assert.DoesNotContain("secret", e.Problem.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Ask_WhenTheHandlersBlobStoreIsAway_TheCallerIsToldToComeAgain()
    {
        var e = await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(-4));

        Assert.Equal(503, e.Problem.Status);
        Assert.NotNull(e.Problem.RetryAfterSeconds);
        Assert.DoesNotContain("secret", e.Problem.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Ask_WhenNoAnswerComesInTime_TheCallerGets503()
    {
        var e = await Assert.ThrowsAsync<ServiceProblemException>(() =>
            Queries.AskAsync<Ask, Answer>(new Ask(-3, []), TimeSpan.FromMilliseconds(400), TestContext.Current.CancellationToken));

        Assert.Equal(503, e.Problem.Status);
        Assert.NotNull(e.Problem.RetryAfterSeconds);
    }

    [Fact]
    public async Task Publish_ThatFailsTwice_IsHandledAtLast()
    {
        var message = new Happened(Guid.NewGuid(), FailTimes: 2);

        await Events.PublishAsync(message, TestContext.Current.CancellationToken);

        await Seen.Handled(message.Id).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(3, Seen.Attempts(message.Id));
    }

    [Fact]
    public async Task Publish_ReachesTheSharedHandlerAndTheBroadcastHandler()
    {
        var message = new Happened(Guid.NewGuid(), FailTimes: 0);

        await Events.PublishAsync(message, TestContext.Current.CancellationToken);

        await Seen.Handled(message.Id).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Seen.Broadcast(message.Id).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Ask_AndPublish_StayInTheCallersTrace()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        using var root = source.StartActivity("root")!;
        var message = new Happened(Guid.NewGuid(), FailTimes: 0);

        await AskAsync(1);
        await Events.PublishAsync(message, TestContext.Current.CancellationToken);

        await Seen.Handled(message.Id).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(root.TraceId.ToString(), Seen.TraceOfAsk);
        Assert.Equal(root.TraceId.ToString(), Seen.TraceOf(message.Id));
    }

    private Task<Answer> AskAsync(int number) => Queries.AskAsync<Ask, Answer>(new Ask(number, []), Patience, TestContext.Current.CancellationToken);

    private async Task<WebApplication> StartAsync()
    {
        var builder = ServiceHost.CreateBuilder("test",
        [
            "--urls", $"http://127.0.0.1:{FreePort.Next()}", "--Data:Directory", _folder.Path, "--Messaging:Transport", Transport,
            "--Messaging:RabbitMq", Address, "--Messaging:EventRetryDelayMs", "10", "--Logging:LogLevel:Default", "None",
        ]);
        builder.Services.AddSingleton<Record>();
        builder.Services.AddQueryHandler<Ask, Answer, AskHandler>("test.ask");
        builder.Services.AddEventHandler<Happened, HappenedHandler>("test.happened");
        builder.Services.AddBroadcastHandler<Happened, BroadcastHandler>("test.broadcast");
        var app = ServiceHost.Build(builder);
        await app.StartAsync(TestContext.Current.CancellationToken);
        // Hosts start without waiting for the broker; traffic comes when they are ready, as behind a load balancer.
        if (app.Services.GetService<IBusControl>() is { } bus)
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, Patience);
        return app;
    }

    private sealed class Record
    {
        private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _handled = new();
        private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _broadcast = new();
        private readonly ConcurrentDictionary<Guid, int> _attempts = new();
        private readonly ConcurrentDictionary<Guid, string?> _traces = new();

        public string? TraceOfAsk { get; set; }

        public Task Handled(Guid id) => Source(_handled, id).Task;

        public Task Broadcast(Guid id) => Source(_broadcast, id).Task;

        public int Attempts(Guid id) => _attempts.GetValueOrDefault(id);

        public string? TraceOf(Guid id) => _traces.GetValueOrDefault(id);

        public int Attempt(Guid id) => _attempts.AddOrUpdate(id, 1, (_, n) => n + 1);

        public void Done(Guid id)
        {
            _traces[id] = Activity.Current?.TraceId.ToString();
            Source(_handled, id).TrySetResult();
        }

        public void DoneBroadcast(Guid id) => Source(_broadcast, id).TrySetResult();

        private static TaskCompletionSource Source(ConcurrentDictionary<Guid, TaskCompletionSource> all, Guid id) =>
            all.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private sealed class AskHandler(Record record) : IQueryHandler<Ask, Answer>
    {
        public async Task<Answer> HandleAsync(Ask request, CancellationToken cancellation)
        {
            record.TraceOfAsk = Activity.Current?.TraceId.ToString();
            switch (request.Number)
            {
                case -1: throw new ServiceProblemException(new ServiceProblem(422, "odd", "Odd", "Negative.", 3));
                case -2: throw new InvalidOperationException("secret");
                case -4: throw new BlobStoreException("secret", new HttpRequestException());
                case -3: await Task.Delay(Timeout.Infinite, cancellation); break;
            }
            return new Answer(request.Number, request.Payload.Length);
        }
    }

    private sealed class HappenedHandler(Record record) : IEventHandler<Happened>
    {
        public Task HandleAsync(Happened message, CancellationToken cancellation)
        {
            if (record.Attempt(message.Id) <= message.FailTimes)
                throw new InvalidOperationException("not yet");
            record.Done(message.Id);
            return Task.CompletedTask;
        }
    }

    private sealed class BroadcastHandler(Record record) : IEventHandler<Happened>
    {
        public Task HandleAsync(Happened message, CancellationToken cancellation)
        {
            record.DoneBroadcast(message.Id);
            return Task.CompletedTask;
        }
    }
}
