using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Gateway.Access;
using Search.Hosting.Problems;

namespace Search.Gateway.Limits;

/// <summary>A token bucket for each key, and one for each remote address of callers without a key.</summary>
internal sealed class RequestRates(IOptions<GatewayOptions> gateway) : IConfigureOptions<RateLimiterOptions>
{
    private readonly Dictionary<string, RateOptions> _byKey = gateway.Value.Keys.ToDictionary(k => k.Name, RateOptions (k) => k, StringComparer.Ordinal);

    public void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf);
        options.OnRejected = (rejected, _) => new ValueTask(ProblemResults.WriteAsync(rejected.HttpContext, ProblemOf(rejected.Lease)));
    }

    private RateLimitPartition<string> PartitionOf(HttpContext context)
    {
        var name = Caller.Of(context).Name;
        var rate = name is null ? gateway.Value.Keyless : _byKey[name];
        // Probes must not fail because the service is busy.
        if (rate.RequestsPerSecond == 0 || context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
            return RateLimitPartition.GetNoLimiter("");
        var partition = name is null ? $"address {context.Connection.RemoteIpAddress}" : $"key {name}";
        return RateLimitPartition.GetTokenBucketLimiter(partition, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = RateRules.BurstOf(rate),
            TokensPerPeriod = rate.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });
    }

    private static ServiceProblem ProblemOf(RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return new ServiceProblem(
            StatusCodes.Status429TooManyRequests, "rate-exceeded", "Too many requests",
            string.Create(CultureInfo.InvariantCulture, $"The rate of this caller is used up; come back in {seconds} s."), seconds);
    }
}
