using System.ComponentModel.DataAnnotations;

namespace Search.Hosting.Messaging;

/// <summary>Configuration section <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    public const string Section = "Messaging";

    /// <summary>
    /// InMemory: every service runs in this process; events are lost with it, so the catalogue sends them again at start.
    /// RabbitMq: services run apart. Default InMemory.
    /// </summary>
    public MessagingTransport Transport { get; set; }

    /// <summary>RabbitMQ's address with credentials. Default the broker's own default on loopback.</summary>
    [Required]
    public string RabbitMq { get; set; } = "amqp://guest:guest@127.0.0.1:5672/";

    /// <summary>How often an event is tried again in place, with growing pauses, before it goes to the dead-letter queue. Default 5.</summary>
    [Range(0, 20)]
    public int EventRetries { get; set; } = 5;

    /// <summary>First pause before a retry, milliseconds; doubles up to a minute. Default 200.</summary>
    [Range(1, 60_000)]
    public int EventRetryDelayMs { get; set; } = 200;
}

/// <summary>Where messages travel.</summary>
public enum MessagingTransport
{
    InMemory = 0,
    RabbitMq = 1,
}
