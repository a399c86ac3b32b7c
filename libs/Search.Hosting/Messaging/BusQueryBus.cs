using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Search.Contracts;

namespace Search.Hosting.Messaging;

/// <summary>Queries over the broker: transient messages that expire with the deadline.</summary>
internal sealed class BusQueryBus(IServiceScopeFactory scopes, ILogger<BusQueryBus> logger) : IQueryBus
{
    public async Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request, TimeSpan deadline, CancellationToken cancellation)
        where TRequest : class
        where TResponse : class
    {
        // The request's time-out does not cover a send that waits for a reconnection, so a token covers both.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline + TimeSpan.FromMilliseconds(250));
        await using var scope = scopes.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<TRequest>>();
        try
        {
            var answer = await client.GetResponse<TResponse, ServiceProblem>(
                request, pipe => pipe.UseExecute(context => context.Durable = false), limit.Token, RequestTimeout.After(ms: (int)deadline.TotalMilliseconds));
            if (answer.Is(out Response<TResponse>? response))
                return response.Message;
            throw new ServiceProblemException(answer.Is(out Response<ServiceProblem>? problem)
                ? problem.Message
                : QueryProblems.Internal(typeof(TRequest).Name));
        }
        catch (Exception e) when (e is RequestTimeoutException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            Log.QueryTimedOut(logger, typeof(TRequest).Name, deadline);
            throw new ServiceProblemException(QueryProblems.NoAnswer(typeof(TRequest).Name, deadline));
        }
        catch (RequestException e) when (e is not RequestTimeoutException)
        {
            Log.QueryFailed(logger, typeof(TRequest).Name, e);
            throw new ServiceProblemException(QueryProblems.Internal(typeof(TRequest).Name));
        }
    }
}
