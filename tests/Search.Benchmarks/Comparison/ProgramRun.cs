using System.Diagnostics;

namespace Search.Benchmarks.Comparison;

/// <summary>How a program ended.</summary>
/// <param name="Failure">Null if it ended by itself and without an error.</param>
internal readonly record struct ProgramEnd(string? Failure, TimeSpan Elapsed);

/// <summary>Another program, run to its end or to a time limit; its lines are handed over as they come.</summary>
internal static class ProgramRun
{
    // A stack trace says it in its last lines.
    private const int KeptErrors = 4;

    /// <summary>Where to run ourselves again with a verb: as this process was started, by the program or by <c>dotnet</c>.</summary>
    internal static (string Program, string[] Leading) Self
    {
        get
        {
            var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
            var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
            return (program, isHost ? [Environment.GetCommandLineArgs()[0]] : []);
        }
    }

    /// <param name="echoErrors">Whether what it says of its progress is shown.</param>
    internal static async Task<ProgramEnd> RunAsync(string program, IEnumerable<string> arguments, TimeSpan limit, Action<string> line, bool echoErrors = false)
    {
        var started = Stopwatch.GetTimestamp();
        var errors = new Queue<string>();
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false } };
        process.ErrorDataReceived += (_, e) =>
        {
            if (string.IsNullOrWhiteSpace(e.Data)) return;
            if (echoErrors) Console.Error.WriteLine(e.Data);
            errors.Enqueue(e.Data.Trim());
            if (errors.Count > KeptErrors) errors.Dequeue();
        };
        using var timer = new CancellationTokenSource(limit);
        // Whoever ends this program ends what it started, too: a benchmark that runs on alone would spoil the next.
        void KillWithUs(object? sender, EventArgs e) => process.Kill(entireProcessTree: true);
        try
        {
            process.Start();
            AppDomain.CurrentDomain.ProcessExit += KillWithUs;
            process.BeginErrorReadLine();
            while (await process.StandardOutput.ReadLineAsync(timer.Token) is { } text)
                line(text);
            await process.WaitForExitAsync(timer.Token);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new ProgramEnd(e.Message, Stopwatch.GetElapsedTime(started));
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            return new ProgramEnd($"stopped at the time limit of {limit.TotalMinutes:0.#} minutes", Stopwatch.GetElapsedTime(started));
        }
        catch
        {
            await StopAsync(process);
            throw;
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        }
        return new ProgramEnd(process.ExitCode == 0 ? null : $"exit code {process.ExitCode}: {string.Join(" | ", errors)}", Stopwatch.GetElapsedTime(started));
    }

    private static async Task StopAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }
}
