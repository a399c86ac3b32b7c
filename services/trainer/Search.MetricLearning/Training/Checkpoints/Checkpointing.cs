namespace Search.MetricLearning.Training.Checkpoints;

/// <summary>Where a run saves itself, and how often.</summary>
/// <param name="Folder">Of this run alone.</param>
public sealed record Checkpointing(CheckpointFolder Folder)
{
    /// <summary>Optimiser steps from one checkpoint to the next, at least 1. What a killed run loses at most; one takes about a second and 40 MB.</summary>
    public int EverySteps { get; init; } = 100;

    /// <summary>Goes on from the folder's newest checkpoint. Without one the run starts at its beginning.</summary>
    public bool Resume { get; init; }

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        if (EverySteps < 1)
            throw new ArgumentException($"A checkpoint every {EverySteps} steps is not possible; it must be at least 1.");
    }
}
