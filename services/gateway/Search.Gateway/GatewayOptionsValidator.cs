using Microsoft.Extensions.Options;
using Search.Gateway.Access;
using Search.Gateway.Limits;

namespace Search.Gateway;

/// <summary>Collects all mistakes, so that a configuration is mended in one go.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        List<string> mistakes =
        [
            .. Durations(options),
            .. Sizes(options),
            .. options.Keys.SelectMany((key, i) => ApiKeyRules.Mistakes(key, $"{GatewayOptions.Section}:{nameof(options.Keys)}:{i}")),
            .. Repeated(options.Keys),
            .. RateRules.Mistakes(options.Keyless, $"{GatewayOptions.Section}:{nameof(options.Keyless)}"),
            .. options.AllowedOrigins.Where(o => !IsOrigin(o)).Select(o => Mistake(
                nameof(options.AllowedOrigins), $"holds '{o}'; an origin is a scheme, a host and maybe a port, without a path")),
            .. options.Services.Where(s => !ServiceNames.Replicas(s.Value).All(IsBase) || ServiceNames.Replicas(s.Value).Length == 0).Select(s => Mistake(
                $"{nameof(options.Services)}:{s.Key}", $"is '{s.Value}'; it must be an absolute http or https address, or several with semicolons between them")),
            .. options.Services.Keys.Where(s => !ServiceNames.All.Contains(s, StringComparer.OrdinalIgnoreCase)).Select(s => Mistake(
                $"{nameof(options.Services)}:{s}", $"is no service; there are {string.Join(", ", ServiceNames.All)}")),
        ];
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Durations(GatewayOptions o)
    {
        (string Name, TimeSpan Value)[] durations =
        [
            (nameof(o.SearchDeadline), o.SearchDeadline),
            (nameof(o.StatusDeadline), o.StatusDeadline),
            (nameof(o.BodyDeadline), o.BodyDeadline),
            (nameof(o.ActiveModelLifetime), o.ActiveModelLifetime),
        ];
        return durations
            .Where(d => d.Value <= TimeSpan.Zero || d.Value > LongestDeadline)
            .Select(d => Mistake(d.Name, $"is {d.Value}; it must be above 0 and at most {LongestDeadline}"));
    }

    private static IEnumerable<string> Sizes(GatewayOptions o)
    {
        (string Name, long Value, long Least, long Most)[] sizes =
        [
            (nameof(o.MaxCandidates), o.MaxCandidates, 1, 10_000_000),
            (nameof(o.ClaimCheckBytes), o.ClaimCheckBytes, 0, 64 * 1024 * 1024),
            (nameof(o.MaxSearchBodyBytes), o.MaxSearchBodyBytes, 1024, 512 * 1024 * 1024),
            (nameof(o.MaxBufferedBytes), o.MaxBufferedBytes, Math.Max(o.MaxSearchBodyBytes, 1024), 1L << 40),
            (nameof(o.MaxConcurrentSearches), o.MaxConcurrentSearches, 1, 100_000),
            (nameof(o.MaxQueuedSearches), o.MaxQueuedSearches, 0, 100_000),
            (nameof(o.MaxItemBodyBytes), o.MaxItemBodyBytes, 1024, long.MaxValue),
            (nameof(o.MaxImportBodyBytes), o.MaxImportBodyBytes, 1024, long.MaxValue),
        ];
        return sizes
            .Where(s => s.Value < s.Least || s.Value > s.Most)
            .Select(s => Mistake(s.Name, $"is {s.Value}; it must be from {s.Least} to {s.Most}"));
    }

    private static IEnumerable<string> Repeated(IEnumerable<ApiKeyOptions> keys) => keys
        .GroupBy(k => k.Name, StringComparer.Ordinal)
        .Where(g => g.Count() > 1)
        .Select(g => Mistake(nameof(GatewayOptions.Keys), $"has the name '{g.Key}' more than once"));

    private static bool IsOrigin(string origin) =>
        origin == "*" || (IsBase(origin) && string.Equals(new Uri(origin).GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase));

    private static bool IsBase(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static string Mistake(string setting, string what) => $"{GatewayOptions.Section}:{setting} {what}.";
}
