using Search.Ann.Indexes.Tuning;

namespace Search.Ann.Indexes.Tests.Tuning;

internal static class Meter
{
    public static RecallMeter Prepare(IVectorIndex oracle, float[] queries, int k, int threads = 0) =>
        RecallMeter.Prepare(oracle, queries, k, threads, TestContext.Current.CancellationToken);
}
