namespace Search.Gateway.Limits;

internal static class RateRules
{
    private const int Most = 1_000_000;
    private const int DefaultBurstSeconds = 4;

    internal static int BurstOf(RateOptions rate) =>
        rate.Burst > 0 ? rate.Burst : (int)Math.Min((long)rate.RequestsPerSecond * DefaultBurstSeconds, int.MaxValue);

    internal static IEnumerable<string> Mistakes(RateOptions rate, string path)
    {
        if (rate.RequestsPerSecond is < 0 or > Most)
            yield return $"{path}:{nameof(rate.RequestsPerSecond)} is {rate.RequestsPerSecond}; it must be from 0 to {Most}.";
        if (rate.Burst is < 0 or > Most)
            yield return $"{path}:{nameof(rate.Burst)} is {rate.Burst}; it must be from 0 to {Most}.";
        if (rate.Burst > 0 && rate.RequestsPerSecond == 0)
            yield return $"{path}:{nameof(rate.Burst)} needs {nameof(rate.RequestsPerSecond)}, which is 0: no limit.";
    }
}
