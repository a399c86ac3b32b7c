using System.Diagnostics;

namespace Search.Benchmarks.Kernels;

/// <summary>
/// Times a kernel over rows that stay in the first-level cache, so that what is measured is arithmetic. The best of several rounds counts:
/// other people's work on the machine can only add time.
/// </summary>
internal sealed class KernelTimer(int rounds)
{
    private const int CallsPerRound = 1 << 18;

    /// <summary>What a round is a multiple of: the largest batch that a case scores at once.</summary>
    private const int LargestBatch = 4096;

    /// <param name="batch">Rows that one call of <paramref name="work"/> scores; a power of two.</param>
    /// <param name="work">Gets the number of its call.</param>
    internal void Measure(string name, string path, int dimension, int batch, Action<int> work) => Measure(name, path, dimension, calls =>
    {
        for (var i = 0; i < calls / batch; i++)
            work(i);
        return calls;
    });

    /// <param name="kernel">Does the given number of rows' work and returns something made of all results, so that no call is optimised away.</param>
    internal void Measure(string name, string path, int dimension, Func<int, double> kernel)
    {
        var calls = Math.Max(1, CallsPerRound * 64 / Math.Max(64, dimension) / LargestBatch) * LargestBatch;
        kernel(calls);
        var best = TimeSpan.MaxValue;
        // The least of all rounds here, too: a collection in between makes the runtime count what was never allocated.
        var allocated = long.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            kernel(calls);
            var elapsed = Stopwatch.GetElapsedTime(start);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            if (elapsed < best) best = elapsed;
        }
        JsonLine.Write(new { kernel = name, path, dimension, nanoseconds = Math.Round(best.TotalNanoseconds / calls, 2), allocatedBytes = allocated });
    }
}
