using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Search.Hosting.Messaging;

/// <summary>How services take part in messaging: each registers its handlers, the host composes the transport once, last.</summary>
public static class MessagingServices
{
    /// <param name="queue">The same on every replica, e.g. <c>embedding.embed-image</c>.</param>
    /// <param name="concurrency">Queries answered at a time in one process, over a broker; within a process a query calls its handler at once.</param>
    public static IServiceCollection AddQueryHandler<TRequest, TResponse, THandler>(this IServiceCollection services, string queue, int concurrency = 64)
        where TRequest : class
        where TResponse : class
        where THandler : class, IQueryHandler<TRequest, TResponse>
    {
        services.AddScoped<IQueryHandler<TRequest, TResponse>, THandler>();
        return services.AddSingleton<HandlerRegistration>(new QueryRegistration<TRequest, TResponse>(queue, concurrency));
    }

    /// <param name="queue">The same on every replica, e.g. <c>ann.image-embedded</c>.</param>
    /// <param name="concurrency">Events handled at a time in one process.</param>
    public static IServiceCollection AddEventHandler<TEvent, THandler>(this IServiceCollection services, string queue, int concurrency = 8)
        where TEvent : class
        where THandler : class, IEventHandler<TEvent>
    {
        services.TryAddScoped<THandler>();
        return services.AddSingleton<HandlerRegistration>(new EventRegistration<TEvent, THandler>(queue, concurrency, Delivery.Event));
    }

    /// <summary>
    /// For read models in memory: every replica gets every event while it is connected, and nothing is kept for it while it is not, so the handler's owner
    /// must be able to catch up by a query.
    /// </summary>
    public static IServiceCollection AddBroadcastHandler<TEvent, THandler>(this IServiceCollection services, string queue, int concurrency = 8)
        where TEvent : class
        where THandler : class, IEventHandler<TEvent>
    {
        services.TryAddScoped<THandler>();
        return services.AddSingleton<HandlerRegistration>(new EventRegistration<TEvent, THandler>(queue, concurrency, Delivery.Broadcast));
    }

    /// <summary>Composes the transport out of all handlers registered so far; call it after every <c>AddXxx</c> of a service.</summary>
    public static IServiceCollection AddSearchMessaging(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(MessagingOptions.Section).Get<MessagingOptions>() ?? new MessagingOptions();
        services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return options.Transport == MessagingTransport.InMemory ? services.AddInProcess() : services.AddRabbitMq(options);
    }

    private static IServiceCollection AddInProcess(this IServiceCollection services) => services
        .AddSingleton<IQueryBus, InProcessQueryBus>()
        .AddSingleton<InProcessEventBus>()
        .AddSingleton<IEventBus>(provider => provider.GetRequiredService<InProcessEventBus>())
        .AddHostedService(provider => provider.GetRequiredService<InProcessEventBus>());

    private static IServiceCollection AddRabbitMq(this IServiceCollection services, MessagingOptions options)
    {
        services.AddSingleton<IQueryBus, BusQueryBus>();
        services.AddSingleton<IEventBus, BusEventBus>();
        var handlers = services
            .Where(s => s.ServiceType == typeof(HandlerRegistration))
            .Select(s => (HandlerRegistration)s.ImplementationInstance!)
            .ToList();

        // The broker keeps its queues, and may be away while we start.
        services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = false);
        return services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var handler in handlers)
                handler.AddConsumer(bus);
            RabbitMqTransport.Configure(bus, handlers, options);
        });
    }
}
