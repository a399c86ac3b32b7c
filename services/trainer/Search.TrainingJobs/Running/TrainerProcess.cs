using System.ComponentModel;
using System.Diagnostics;
using Search.Contracts.Training;

namespace Search.TrainingJobs.Running;

/// <summary>
/// One run of the trainer as a process of its own. It is asked to end by the end of its input, which also comes when this process is gone, so that no run is ever left alone.
/// </summary>
internal sealed class TrainerProcess(ProcessStartInfo start, TimeSpan grace, TimeProvider time)
{
    private const int RememberedLines = 10;

    /// <summary>Starts it, and waits until it has ended.</summary>
    /// <param name="tell">Called with each line for us, one at a time.</param>
    /// <param name="log">Gets each line for people; null keeps the last few alone.</param>
    /// <param name="end">Ends the run, orderly if it can be had within the grace.</param>
    public async Task<TrainerExit> RunAsync(Action<TrainingRunLine> tell, JobLog? log, CancellationToken end)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' can't be started.");
        GiveWay(process);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(end);
        TrainingRunFailure? failure = null;
        var last = new Queue<string>();
        var lines = ReadAsync(process.StandardOutput, text =>
        {
            if (TrainingRunLine.Parse(text) is not { } line)
                return;
            failure = line.Failed ?? failure;
            tell(line);
        }, broken);
        var words = ReadAsync(process.StandardError, text =>
        {
            log?.Write(text);
            last.Enqueue(text);
            if (last.Count > RememberedLines)
                last.Dequeue();
        }, broken);
        await ExitAsync(process, broken.Token);
        await Task.WhenAll(lines, words);
        return new TrainerExit(process.ExitCode, failure, [.. last]);
    }

    private async Task ExitAsync(Process process, CancellationToken end)
    {
        try
        {
            await process.WaitForExitAsync(end);
        }
        catch (OperationCanceledException)
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(grace, time);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>Searches come first on a machine that both run on.</summary>
    private static void GiveWay(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // It has ended already, or this system does not let us.
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take, CancellationTokenSource broken)
    {
        try
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
                take(line);
        }
        catch
        {
            // Nobody empties the pipe any more: the run would wait on it for ever.
            await broken.CancelAsync();
            throw;
        }
    }
}
