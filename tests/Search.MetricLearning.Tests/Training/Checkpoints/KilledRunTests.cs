using System.Diagnostics;
using System.Globalization;
using Search.MetricLearning.Training.Checkpoints;

namespace Search.MetricLearning.Tests.Training.Checkpoints;

/// <summary>The one thing that stopping by cancellation cannot show: nothing is saved because the process was asked to end.</summary>
public sealed class KilledRunTests : IDisposable
{
    private const string FolderVariable = "SEARCH_TEST_CHECKPOINTS", Waiting = "waiting to be killed after loss ";
    private const int Stop = 9;

    private readonly CheckpointFolder _folder = new(Path.Combine(Path.GetTempPath(), $"killed-{Guid.NewGuid():N}"));

    public void Dispose() => _folder.Clear();

    [Fact]
    public async Task Train_ProcessKilledAndResumed_GivesTheLossesOfAnUninterruptedRun()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var killed = await KillAfterItsLastLoss(cancellation);
        var whole = new TinyRun(TinyRun.RecipeThatRemembers);
        var weights = whole.Train(cancellation);
        var resumed = new TinyRun(TinyRun.RecipeThatRemembers) { Checkpoints = new Checkpointing(_folder) { Resume = true } };
        var resumedWeights = resumed.Train(cancellation);

        Assert.Equal(whole.Losses[Stop - 1], killed);
        Assert.Equal(12 - 8, resumed.Losses.Count);
        Assert.Equal(whole.Losses.TakeLast(4), resumed.Losses);
        Assert.Equal(weights, resumedWeights);
    }

    /// <summary>Runs in a process of its own, which the test above starts and kills.</summary>
    [Fact(Explicit = true)]
    public void Train_UntilKilled()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Started by another test only.");
        TinyRun? run = null;
        run = new TinyRun(TinyRun.RecipeThatRemembers)
        {
            Checkpoints = new Checkpointing(new CheckpointFolder(folder!)) { EverySteps = 2 },
            AfterStep = step =>
            {
                if (step < Stop)
                    return;
                Console.WriteLine(Waiting + run!.Losses[^1].ToString("R", CultureInfo.InvariantCulture));
                TestContext.Current.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMinutes(2));
            },
        };
        run.Train(TestContext.Current.CancellationToken);
    }

    private async Task<double> KillAfterItsLastLoss(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        // Not this process's program: that is the runtime when the tests were started as a library.
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, typeof(KilledRunTests).Assembly.GetName().Name!))
        {
            ArgumentList = { "-explicit", "only", "-method", $"{typeof(KilledRunTests).FullName}.{nameof(Train_UntilKilled)}" },
            Environment = { [FolderVariable] = _folder.Path, ["DOTNET_EnableDiagnostics"] = "0" },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
                if (line.Contains(Waiting, StringComparison.Ordinal))
                    return double.Parse(line[(line.IndexOf(Waiting, StringComparison.Ordinal) + Waiting.Length)..], CultureInfo.InvariantCulture);
            throw new InvalidOperationException("It ended by itself.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(cancellation);
        }
    }
}
