using System.Globalization;

namespace Search.Benchmarks.Growth;

/// <summary>
/// What building takes at its peak, estimated before it is tried: a machine that swaps or kills measures nothing. Bytes a vector are those that the indexes describe at 50 thousand vectors and more, rounded up.
/// </summary>
internal static class GrowthMemory
{
    private const long Base = 300L << 20;

    /// <param name="indexes">All that are built from one live graph are built in turn, so the most counts.</param>
    internal static long Peak(IEnumerable<string> indexes, int count, int dimension)
    {
        long vector = 4L * dimension;
        var live = vector + 300;
        var each = indexes.Max(index => index switch
        {
            "exact" => vector + 40,
            // Beside the graph: 8-bit codes for as long as a batch is planned.
            "hnsw" => live + dimension + 16,
            // Freezing copies the vectors and makes codes and links while the live graph is still there.
            "hnsw-frozen" => live + vector + dimension + 200,
            "forest" => vector + 600,
            _ => vector + 500,
        });
        return Base + count * each + GrowthBuild.LargestBatch(count) * (vector + 8);
    }

    /// <summary>Bytes on the disk for a frozen graph's file.</summary>
    internal static long FrozenFile(int count, int dimension) => count * (5L * dimension + 180);

    /// <summary>What the system could give, file cache included.</summary>
    internal static long Available() =>
        OperatingSystem.IsLinux() ? Kilobytes("/proc/meminfo", "MemAvailable:") : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The most this process has had in memory so far; 0 where the system does not say.</summary>
    internal static long OwnPeak() => OperatingSystem.IsLinux() ? Kilobytes("/proc/self/status", "VmHWM:") : 0;

    private static long Kilobytes(string file, string name) =>
        File.ReadLines(file).Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => long.Parse(line[name.Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1_024).FirstOrDefault();
}
