using MassTransit;
using Microsoft.Extensions.Logging;
using Search.Contracts;

namespace Search.Hosting.Messaging;

/// <summary>Carries a query from the bus to its handler and the answer, or the problem, back.</summary>
internal sealed class QueryConsumer<TRequest, TResponse>(
    IQueryHandler<TRequest, TResponse> handler, TimeProvider time, ILogger<QueryConsumer<TRequest, TResponse>> logger) : IConsumer<TRequest>
    where TRequest : class
    where TResponse : class
{
    public async Task Consume(ConsumeContext<TRequest> context)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        if (context.ExpirationTime is { } expires)
        {
            var left = expires - time.GetUtcNow().UtcDateTime;
            if (left <= TimeSpan.Zero)
                return; // The caller is gone: work nobody waits for is not started.
            deadline.CancelAfter(left);
        }
        try
        {
            var response = await handler.HandleAsync(context.Message, deadline.Token);
            await context.RespondAsync(response, Transient);
        }
        catch (ServiceProblemException e)
        {
            await context.RespondAsync(e.Problem, Transient);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The caller has given up; its own deadline tells it so.
        }
        catch (Exception e)
        {
            // The caller gets a problem at once instead of a time-out; the query plane has no dead letters.
            Log.QueryFailed(logger, typeof(TRequest).Name, e);
            await context.RespondAsync(QueryProblems.Of(e, typeof(TRequest).Name), Transient);
        }
    }

    private static void Transient<T>(SendContext<T> send) where T : class => send.Durable = false;
}
