using Spectre.Console;

namespace Search.JewelryRenderer.Commands;

/// <summary>Shows a long run: a live bar with rate and time left on a terminal, a plain line now and then elsewhere.</summary>
internal static class ProgressReport
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    /// <param name="work">Does everything; calls its argument once after each finished step, from any thread.</param>
    public static void Run(string title, int total, TimeProvider time, Action<Action> work)
    {
        if (Console.IsOutputRedirected) Plain(title, total, time, work);
        else Live(title, total, time, work);
    }

    private static void Live(string title, int total, TimeProvider time, Action<Action> work)
    {
        var start = time.GetTimestamp();
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(title, maxValue: total);
                var done = 0;
                work(() =>
                {
                    var n = Interlocked.Increment(ref done);
                    task.Increment(1);
                    task.Description = $"{title} {n}/{total}, {n / time.GetElapsedTime(start).TotalSeconds:F1}/s";
                });
            });
    }

    private static void Plain(string title, int total, TimeProvider time, Action<Action> work)
    {
        var start = time.GetTimestamp();
        var last = TimeSpan.Zero;
        var done = 0;
        var gate = new Lock();
        work(() =>
        {
            lock (gate)
            {
                done++;
                var elapsed = time.GetElapsedTime(start);
                if (elapsed - last < PlainInterval && done < total) return;
                last = elapsed;
                var left = TimeSpan.FromSeconds(elapsed.TotalSeconds / done * (total - done));
                Console.WriteLine($"{title} {done}/{total}, {done / elapsed.TotalSeconds:F2}/s, {left:mm\\:ss} left");
            }
        });
    }
}
