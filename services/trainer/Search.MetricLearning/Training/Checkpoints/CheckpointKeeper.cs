using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Training.Checkpoints;

/// <summary>Saves one run now and then, and says where it is to go on.</summary>
internal sealed class CheckpointKeeper(Checkpointing options, RunIdentity run)
{
    /// <summary>Where to go on; null for the beginning.</summary>
    /// <exception cref="CheckpointException">The checkpoint is of another run, or nobody said what is to become of it.</exception>
    public TrainingCheckpoint? Start()
    {
        if (!options.Resume && options.Folder.Any)
            throw new CheckpointException($"'{options.Folder.Path}' holds the checkpoint of a run that did not end. Resume it, or delete the folder.");
        if (options.Folder.ReadNewest() is not { } checkpoint)
            return null;
        string[] differences = [.. run.Differences(checkpoint.Run)];
        return differences.Length == 0
            ? checkpoint
            : throw new CheckpointException($"The run in '{options.Folder.Path}' cannot go on: {string.Join("; ", differences)}. Go on with what it was started with, or delete the folder.");
    }

    public bool IsDue(int step) => step % options.EverySteps == 0;

    public void Write(int stage, int step, TimeSpan elapsed, IReadOnlyDictionary<string, WeightTensor> tensors) =>
        options.Folder.Write(new TrainingCheckpoint(run, stage, step, elapsed, tensors));
}
