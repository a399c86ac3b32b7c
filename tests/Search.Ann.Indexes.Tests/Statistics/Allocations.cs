namespace Search.Ann.Indexes.Tests.Statistics;

internal static class Allocations
{
    private const int Rounds = 4;

    /// <summary>
    /// Bytes that a warm action allocates on this thread: the least of a few rounds. Where other tests' threads collect meanwhile, the runtime counts what is left of this one's allocation buffer as allocated: up to
    /// 8 KB, in two of five rounds of a loop that allocates nothing. What allocates does so in every round.
    /// </summary>
    public static long Of(Action warm)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            warm();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
