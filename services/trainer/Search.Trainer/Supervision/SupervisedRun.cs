using System.Diagnostics;
using Search.Contracts.Training;
using Search.MetricLearning.Training;
using Search.MetricLearning.Training.Checkpoints;

namespace Search.Trainer.Supervision;

/// <summary>
/// A run that another program started: it tells where it is as lines of JSON on its output, writes what is for people on the error stream, and ends when its input does. A pipe ends with the
/// program that holds it, however that program ended, so a run never outlives the one that waits for it.
/// </summary>
internal sealed class SupervisedRun : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>How long a run may take to notice; decoding and judging look for no cancellation.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private readonly TextWriter _lines;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private readonly ManualResetEventSlim _over = new();
    private string? _stage;
    private long _last;

    private SupervisedRun(TimeProvider time)
    {
        _time = time;
        _lines = Console.Out;
        Console.SetOut(Console.Error);
        new Thread(EndWithInput) { IsBackground = true, Name = "supervisor" }.Start();
    }

    /// <param name="output">The folder that is published into: a run that was left by a killed supervisor may still be writing beside it.</param>
    /// <param name="run">Tells its progress, and gives the published model's id.</param>
    public static void Run(string output, TimeProvider time, Func<IProgress<TrainingProgress>, CancellationToken, string> run, CancellationToken cancellation)
    {
        using var supervised = new SupervisedRun(time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, supervised._ended.Token);
        try
        {
            using var only = RunLock.Take(output, 10 * s_patience, time, either.Token);
            supervised.Write(new TrainingRunLine { Published = run(supervised, either.Token) });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            supervised.Write(new TrainingRunLine { Failed = new TrainingRunFailure(e.Message, e is CheckpointException) });
            throw;
        }
    }

    /// <summary>A line a second is enough to watch; a stage's first and last step and every measurement are told all the same.</summary>
    public void Report(TrainingProgress value)
    {
        if (value.Validation is { } score)
        {
            Write(new TrainingRunLine { Score = new TrainingRunScore(value.Stage, value.Step, score.CategoryPrecision, score.ShopperRecall) });
            return;
        }
        if (value.Stage == _stage && value.Step < value.Steps && _time.GetElapsedTime(_last) < s_interval)
            return;
        (_stage, _last) = (value.Stage, _time.GetTimestamp());
        Write(new TrainingRunLine
        {
            Progress = new TrainingRunProgress(value.Stage, value.Step, value.Steps, value.Loss, Math.Round(value.ImagesPerSecond, 2), Math.Round(value.Remaining.TotalSeconds, 1)),
        });
    }

    public void Dispose() => _over.Set();

    private void Write(TrainingRunLine line) => _lines.WriteLine(line.ToText());

    private void EndWithInput()
    {
        using (var input = Console.OpenStandardInput())
        {
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0)
            {
            }
        }
        _ended.Cancel();
        // Everything that must survive is on the disk already, as it would be if the machine stopped now.
        if (!_over.Wait(s_patience))
            Process.GetCurrentProcess().Kill();
    }
}
