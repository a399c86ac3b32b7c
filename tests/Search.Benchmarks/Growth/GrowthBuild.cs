using System.Diagnostics;
using System.Globalization;
using Search.Ann.Indexes;

namespace Search.Benchmarks.Growth;

/// <summary>Fills an index with a generated set and says how far it is.</summary>
internal static class GrowthBuild
{
    private const int LeastBatch = 1 << 16;

    // A graph plans a batch by codes of all vectors that are there, if these are at most four times as many.
    private const int ThereToBatch = 4;

    /// <summary>Vectors of the largest batch, which lie in memory beside the index.</summary>
    internal static int LargestBatch(int count) => Math.Min(count, Math.Max(LeastBatch, (count + ThereToBatch) / (ThereToBatch + 1)));

    /// <returns>Time in the index's own work; making the vectors is not in it.</returns>
    internal static TimeSpan Run(IMutableVectorIndex index, GeneratedSet set)
    {
        using var stop = new CancellationTokenSource();
        var report = ReportAsync(index, set.Count, stop.Token);
        try
        {
            return Fill(index, set);
        }
        finally
        {
            stop.Cancel();
            report.GetAwaiter().GetResult();
        }
    }

    private static TimeSpan Fill(IMutableVectorIndex index, GeneratedSet set)
    {
        var rows = new float[LargestBatch(set.Count) * set.Dimension];
        var ids = new long[LargestBatch(set.Count)];
        var elapsed = TimeSpan.Zero;
        for (var first = 0; first < set.Count;)
        {
            var count = Math.Min(Math.Min(ids.Length, set.Count - first), Math.Max(LeastBatch, first / ThereToBatch));
            var batch = rows.AsMemory(0, count * set.Dimension);
            set.Fill(first, batch);
            for (var i = 0; i < count; i++)
                ids[i] = first + i;
            var start = Stopwatch.GetTimestamp();
            index.UpsertAll(ids.AsMemory(0, count), batch);
            elapsed += Stopwatch.GetElapsedTime(start);
            first += count;
        }
        return elapsed;
    }

    private static async Task ReportAsync(IMutableVectorIndex index, int all, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(20));
        var (start, before) = (Stopwatch.GetTimestamp(), 0);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var count = index.Count;
                var (rate, seconds) = ((count - before) / 20.0, Stopwatch.GetElapsedTime(start).TotalSeconds);
                // It slows down as it grows: what is left takes longer than the rate of now says, so the words say "at least".
                var left = rate > 0 ? string.Create(CultureInfo.InvariantCulture, $"at least {(all - count) / rate / 60:0.0} minutes left") : "";
                Say($"    {index.Name}: {count:N0} of {all:N0} after {seconds:N0} s, {rate:N0} a second {left}");
                before = count;
            }
        }
        catch (OperationCanceledException)
        {
            // The index is full.
        }
    }

    private static void Say(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
