using System.Diagnostics;

namespace Search.Benchmarks;

/// <summary>
/// A measured stretch of work: wall time, and the processor time of the whole process, which stays comparable when other programs use the machine.
/// </summary>
internal readonly record struct Stretch(TimeSpan Wall, TimeSpan Cpu)
{
    internal static async Task<Stretch> MeasureAsync(Func<Task> work)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await work();
        return new Stretch(Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu);
    }

    internal double PerSecond(int count) => count / Wall.TotalSeconds;

    internal double CpuMs(int count) => Cpu.TotalMilliseconds / count;
}
