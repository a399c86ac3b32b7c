namespace Search.Hosting.Messaging;

/// <summary>Answers one kind of query. A scope a call; expected failures are thrown as <see cref="Contracts.ServiceProblemException"/>.</summary>
public interface IQueryHandler<in TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <param name="request">Comes from another service: already shaped, still to be checked.</param>
    /// <param name="cancellation">Fires at the caller's deadline.</param>
    Task<TResponse> HandleAsync(TRequest request, CancellationToken cancellation);
}
