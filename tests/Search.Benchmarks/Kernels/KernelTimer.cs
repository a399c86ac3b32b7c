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

    /// <param name="kernel">Does the given number of rows' work and returns something made of all results, so that no call is optimised away.</param>
    internal void Measure(string name, string path, int dimension, Func<int, double> kernel)
    {
        var calls = Math.Max(1, CallsPerRound * 64 / Math.Max(64, dimension) / LargestBatch) * LargestBatch;
        kernel(calls);
        var best = TimeSpan.MaxValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            kernel(calls);
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed < best) best = elapsed;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        JsonLine.Write(new { kernel = name, path, dimension, nanoseconds = Math.Round(best.TotalNanoseconds / calls, 2), allocatedBytes = allocated });
    }
}
