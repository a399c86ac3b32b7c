using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Search.Contracts;
using Search.Hosting.Telemetry;

namespace Search.Hosting.Messaging;

/// <summary>
/// Queries when every service runs in this process: the handler is called in its own scope, without a transport. An in-memory transport would
/// cost about a millisecond a hop and give nothing back: there is nobody to distribute to and nothing to persist.
/// </summary>
internal sealed class InProcessQueryBus(IServiceScopeFactory scopes, ILogger<InProcessQueryBus> logger) : IQueryBus
{
    public async Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request, TimeSpan deadline, CancellationToken cancellation)
        where TRequest : class
        where TResponse : class
    {
        using var activity = SearchTelemetry.Source.StartActivity(typeof(TRequest).Name);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline);
        await using var scope = scopes.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetRequiredService<IQueryHandler<TRequest, TResponse>>();
        try
        {
            return await handler.HandleAsync(request, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Log.QueryTimedOut(logger, typeof(TRequest).Name, deadline);
            throw new ServiceProblemException(QueryProblems.NoAnswer(typeof(TRequest).Name, deadline));
        }
        catch (Exception e) when (e is not ServiceProblemException and not OperationCanceledException)
        {
            Log.QueryFailed(logger, typeof(TRequest).Name, e);
            throw new ServiceProblemException(QueryProblems.Of(e, typeof(TRequest).Name));
        }
    }
}
