using MassTransit;

namespace Search.Hosting.Messaging;

/// <summary>How an event is tried again, in place, with pauses that double.</summary>
internal sealed class EventRetry(MessagingOptions options)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _first = TimeSpan.FromMilliseconds(options.EventRetryDelayMs);

    /// <summary>Tries after the first.</summary>
    internal int Limit => options.EventRetries;

    /// <param name="tries">Tries made so far, from 1.</param>
    internal TimeSpan Pause(int tries)
    {
        var pause = _first * Math.Pow(2, tries - 1);
        return pause < s_longest ? pause : s_longest;
    }

    /// <summary>After the last try MassTransit moves the event to <c>QUEUE_error</c>.</summary>
    internal void Use(IReceiveEndpointConfigurator endpoint)
    {
        if (Limit > 0)
            endpoint.UseMessageRetry(retry => retry.Intervals([.. Enumerable.Range(1, Limit).Select(Pause)]));
    }
}
