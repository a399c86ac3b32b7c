using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Search.Hosting.Messaging;

/// <summary>One handler of this process, kept until the transport is composed.</summary>
/// <param name="Queue">Queue name, the same on every replica so that they share the work.</param>
/// <param name="Concurrency">Messages handled at a time in one process.</param>
internal abstract record HandlerRegistration(string Queue, int Concurrency, Delivery Delivery)
{
    /// <summary>The queue that this process reads: its own for broadcasts, the shared one otherwise.</summary>
    internal string Endpoint => Delivery == Delivery.Broadcast ? $"{Queue}.{Environment.MachineName}-{Environment.ProcessId}" : Queue;

    /// <summary>The handler's queue where every service runs in this process; null for a query, which is a call there.</summary>
    internal virtual InProcessQueue? CreateQueue(IServiceScopeFactory scopes, EventRetry retry, TimeProvider time, ILogger logger) => null;

    /// <summary>Adds the MassTransit consumer that calls the handler.</summary>
    internal abstract void AddConsumer(IBusRegistrationConfigurator bus);

    /// <summary>Connects the consumer to its endpoint.</summary>
    internal abstract void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IRegistrationContext context);
}

internal sealed record QueryRegistration<TRequest, TResponse>(string Queue, int Concurrency) : HandlerRegistration(Queue, Concurrency, Delivery.Query)
    where TRequest : class
    where TResponse : class
{
    internal override void AddConsumer(IBusRegistrationConfigurator bus) => bus.AddConsumer<QueryConsumer<TRequest, TResponse>>();

    internal override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IRegistrationContext context) =>
        endpoint.ConfigureConsumer<QueryConsumer<TRequest, TResponse>>(context);
}

internal sealed record EventRegistration<TEvent, THandler>(string Queue, int Concurrency, Delivery Delivery) : HandlerRegistration(Queue, Concurrency, Delivery)
    where TEvent : class
    where THandler : class, IEventHandler<TEvent>
{
    internal override InProcessQueue CreateQueue(IServiceScopeFactory scopes, EventRetry retry, TimeProvider time, ILogger logger) =>
        new InProcessQueue<TEvent, THandler>(this, scopes, retry, time, logger);

    internal override void AddConsumer(IBusRegistrationConfigurator bus) => bus.AddConsumer<EventConsumer<TEvent, THandler>>();

    internal override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IRegistrationContext context) =>
        endpoint.ConfigureConsumer<EventConsumer<TEvent, THandler>>(context);
}

/// <summary>What a queue promises.</summary>
internal enum Delivery
{
    /// <summary>One replica answers; gone with the caller's deadline.</summary>
    Query,

    /// <summary>One replica takes it; survives a broker restart.</summary>
    Event,

    /// <summary>Every replica takes it while it runs; what it misses it fetches itself.</summary>
    Broadcast,
}
