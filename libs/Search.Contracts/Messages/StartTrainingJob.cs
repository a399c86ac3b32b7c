namespace Search.Contracts.Messages;

/// <summary>Query to the trainer service, answered with <see cref="TrainingJob"/>: queue a training job.</summary>
public sealed record StartTrainingJob
{
    /// <summary>Name of the model: lower-case letters, digits, dots, dashes and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>Semantic version of the model; null takes the next one of that name.</summary>
    public string? Version { get; init; }

    /// <summary>Folder below the configured root, whose sub-folders are categories.</summary>
    public required string Photos { get; init; }

    /// <summary>Catalogue below the configured root to train on as well; null for none.</summary>
    public string? Catalogue { get; init; }

    /// <summary>Catalogue below the configured root to judge attributes by; null for none.</summary>
    public string? JudgingCatalogue { get; init; }

    /// <summary>Published model to go on from, by id or alias; what it has learnt from is never held out. Null starts from the configured weights.</summary>
    public string? StartFrom { get; init; }

    /// <summary>Of the split and of training.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>JSON with what differs from the default recipe (docs/training.md); null for nothing.</summary>
    public string? Recipe { get; init; }

    /// <summary>Make the published model the candidate.</summary>
    public bool Candidate { get; init; }

    /// <summary>Why, for whoever reads the list.</summary>
    public string Note { get; init; } = "";
}

/// <summary>Query to the trainer service, answered with <see cref="TrainingJob"/>: end a job that is queued or running.</summary>
public sealed record CancelTrainingJob
{
    public required long Id { get; init; }
}

/// <summary>Query to the trainer service, answered with <see cref="TrainingJob"/>: how is this job?</summary>
public sealed record GetTrainingJob
{
    public required long Id { get; init; }
}

/// <summary>Query to the trainer service, answered with <see cref="TrainingJobPage"/>: which jobs are there?</summary>
public sealed record ListTrainingJobs
{
    /// <summary><see cref="TrainingJobPage.Next"/> of the page before; null for the first.</summary>
    public long? After { get; init; }

    /// <summary>Jobs on the page, 1 to 200.</summary>
    public required int Limit { get; init; }

    /// <summary>Only jobs in this state; null for all.</summary>
    public TrainingJobState? State { get; init; }
}

/// <summary>A page of training jobs.</summary>
public sealed record TrainingJobPage
{
    /// <summary>Newest first.</summary>
    public required TrainingJob[] Jobs { get; init; }

    /// <summary>Where the next page begins; null after the last.</summary>
    public required long? Next { get; init; }
}
