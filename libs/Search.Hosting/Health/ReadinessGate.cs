using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Search.Hosting.Health;

/// <summary>A check that a service opens when its start-up work is done: model loaded and warm, collections read, projection caught up.</summary>
public sealed class ReadinessGate : IHealthCheck
{
    private volatile string _waitingFor = "start";
    private volatile bool _open;

    public bool IsOpen => _open;

    /// <summary>What the service is still doing, for a person who looks.</summary>
    public void WaitFor(string what)
    {
        _waitingFor = what;
        _open = false;
    }

    public void Open() => _open = true;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_open ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"waiting for {_waitingFor}"));
}
