using System.Diagnostics;
using Spectre.Console;

namespace Search.Cli.Importing;

/// <summary>A live bar with rate and time left, for a terminal.</summary>
internal sealed class BarView(ProgressTask bar) : IProgressView
{
    private readonly ImportRate _rate = new();

    public void Report(int done, int total)
    {
        bar.MaxValue = total;
        bar.Value = done;
        bar.Description = Markup.Escape(_rate.Describe(done, total));
    }
}

/// <summary>A line now and then, for a log.</summary>
internal sealed class LineView : IProgressView
{
    private readonly ImportRate _rate = new();
    private long _last;

    public void Report(int done, int total)
    {
        if (done < total && _last != 0 && Stopwatch.GetElapsedTime(_last) < TimeSpan.FromSeconds(5))
            return;
        _last = Stopwatch.GetTimestamp();
        Console.WriteLine(_rate.Describe(done, total));
    }
}

/// <summary>Rate over the import so far; what was there before does not count.</summary>
internal sealed class ImportRate
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private int? _before;

    internal string Describe(int done, int total)
    {
        _before ??= done;
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var rate = (done - _before.Value) / Math.Max(seconds, 0.001);
        if (done >= total)
            return $"{done:N0} of {total:N0} pieces searchable";
        return rate < 0.1
            ? $"{done:N0} of {total:N0} pieces searchable"
            : $"{done:N0} of {total:N0} pieces searchable, {rate:N0}/s, {TimeSpan.FromSeconds((total - done) / rate):m\\:ss} left";
    }
}
