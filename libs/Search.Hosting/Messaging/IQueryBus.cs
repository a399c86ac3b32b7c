namespace Search.Hosting.Messaging;

/// <summary>
/// The query plane: request and response, not persisted, gone with the caller's deadline and never retried past it. Safe for concurrent use.
/// </summary>
public interface IQueryBus
{
    /// <param name="request">The query; its handler may run in this process or in another.</param>
    /// <param name="deadline">How long the answer may take, connection loss included.</param>
    /// <exception cref="Contracts.ServiceProblemException">The handler's own problem, or 503 when no answer came in time.</exception>
    Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request, TimeSpan deadline, CancellationToken cancellation)
        where TRequest : class
        where TResponse : class;
}
