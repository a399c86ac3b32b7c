using Search.Imaging;
using Search.MetricLearning.Native;
using Search.MetricLearning.Training.Checkpoints;
using Search.MetricLearning.Weights;
using Search.Models;

namespace Search.Trainer.Commands;

/// <summary>What goes wrong because of what the user gave is one line on the error stream and exit code 1, never a stack trace.</summary>
internal static class CommandRunner
{
    public static int Run(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled; nothing was published. A training run goes on from its last checkpoint with --resume.");
            return 130;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
            or InvalidModelException or WeightFormatException or CheckpointException or NativeLibraryException or ImageRejectedException or TrainerException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return 1;
        }
    }
}
