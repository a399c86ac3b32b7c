using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Search.Hosting.Telemetry;

namespace Search.Hosting.Messaging;

/// <summary>The events that one handler of this process has still to take.</summary>
internal abstract class InProcessQueue
{
    internal abstract Type EventType { get; }

    /// <summary>Never waits. Events added before <see cref="RunAsync"/> are kept for it.</summary>
    internal abstract void Add(object message);

    internal abstract Task RunAsync(CancellationToken stopping);
}

internal sealed class InProcessQueue<TEvent, THandler>(
    EventRegistration<TEvent, THandler> registration, IServiceScopeFactory scopes, EventRetry retry, TimeProvider time, ILogger logger) : InProcessQueue
    where TEvent : class
    where THandler : class, IEventHandler<TEvent>
{
    private readonly Channel<(TEvent Message, ActivityContext Cause)> _waiting = Channel.CreateUnbounded<(TEvent, ActivityContext)>();
    private readonly KeyValuePair<string, object?> _tag = new("queue", registration.Queue);
    private readonly string _span = $"{registration.Queue} process";

    internal override Type EventType => typeof(TEvent);

    internal override void Add(object message)
    {
        QueueMetrics.Waiting.Add(1, _tag);
        _waiting.Writer.TryWrite(((TEvent)message, Activity.Current?.Context ?? default));
    }

    internal override Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, registration.Concurrency).Select(_ => Task.Run(() => WorkAsync(stopping), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var (message, cause) = await _waiting.Reader.ReadAsync(stopping);
                QueueMetrics.Waiting.Add(-1, _tag);
                using var activity = SearchTelemetry.Source.StartActivity(_span, ActivityKind.Consumer, cause);
                await HandleAsync(message, activity, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // An orderly stop.
        }
    }

    private async Task HandleAsync(TEvent message, Activity? activity, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(message, stopping);
                QueueMetrics.Handled.Record(time.GetElapsedTime(started).TotalSeconds, _tag, new("outcome", "done"));
                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                if (tries > retry.Limit)
                {
                    Log.EventGivenUp(logger, typeof(TEvent).Name, registration.Queue, tries, e);
                    activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                    QueueMetrics.Handled.Record(time.GetElapsedTime(started).TotalSeconds, _tag, new("outcome", "given-up"));
                    return;
                }
                Log.EventFailed(logger, typeof(TEvent).Name, registration.Queue, tries, e);
                await Task.Delay(retry.Pause(tries), time, stopping);
            }
        }
    }
}

/// <summary>Depth and duration of the queues in this process; over a broker MassTransit and the broker count.</summary>
internal static class QueueMetrics
{
    internal static readonly UpDownCounter<int> Waiting =
        SearchTelemetry.Meter.CreateUpDownCounter<int>("search.messaging.waiting", description: "Events that wait for a handler.");

    internal static readonly Histogram<double> Handled =
        SearchTelemetry.Meter.CreateHistogram<double>("search.messaging.handled", "s", "Time that handling an event took, retries included.");
}
