namespace Search.Contracts;

/// <summary>
/// What went wrong, in the terms of RFC 9457, as it travels between services and out of the gateway.
/// </summary>
/// <param name="Status">HTTP status, 400 to 599.</param>
/// <param name="Type">Stable, machine-readable slug, e.g. <c>image-truncated</c>.</param>
/// <param name="Title">Short and the same for every occurrence of the type.</param>
/// <param name="Detail">What happened here and what to do about it.</param>
/// <param name="RetryAfterSeconds">For 429 and 503: when to come back.</param>
public sealed record ServiceProblem(int Status, string Type, string Title, string Detail, int? RetryAfterSeconds = null)
{
    public static ServiceProblem InvalidRequest(string title, string detail) => new(400, "invalid-request", title, detail);

    public static ServiceProblem NotFound(string title, string detail) => new(404, "not-found", title, detail);

    public static ServiceProblem Conflict(string title, string detail) => new(409, "conflict", title, detail);

    public static ServiceProblem TooLarge(string title, string detail) => new(413, "too-large", title, detail);

    public static ServiceProblem Overloaded(string detail, int retryAfterSeconds = 1) =>
        new(503, "overloaded", "Overloaded", detail, retryAfterSeconds);

    public static ServiceProblem Unavailable(string detail, int retryAfterSeconds = 2) =>
        new(503, "unavailable", "Temporarily unavailable", detail, retryAfterSeconds);
}

/// <summary>Thrown by handlers for an expected failure; the transports carry <see cref="Problem"/> to the caller unchanged.</summary>
public sealed class ServiceProblemException(ServiceProblem problem) : Exception($"{problem.Title}: {problem.Detail}")
{
    public ServiceProblem Problem { get; } = problem;
}
