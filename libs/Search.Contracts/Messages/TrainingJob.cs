using System.Text.Json.Serialization;
using Search.Contracts.Training;

namespace Search.Contracts.Messages;

/// <summary>A training job as it stands; the answer to <see cref="StartTrainingJob"/>, <see cref="GetTrainingJob"/> and <see cref="CancelTrainingJob"/>.</summary>
public sealed record TrainingJob
{
    /// <summary>Counts up; jobs run in this order.</summary>
    public required long Id { get; init; }

    public required TrainingJobState State { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Semantic version of the model.</summary>
    public required string Version { get; init; }

    /// <summary>Folder whose sub-folders are categories, below the configured root.</summary>
    public required string Photos { get; init; }

    /// <summary>Catalogue with attributes to train on as well, below the configured root.</summary>
    public string? Catalogue { get; init; }

    /// <summary>Catalogue to judge attributes by, below the configured root.</summary>
    public string? JudgingCatalogue { get; init; }

    /// <summary>Id of the model that it goes on from; null where it starts from the configured weights.</summary>
    public string? StartFrom { get; init; }

    public required int Seed { get; init; }

    /// <summary>The published model becomes the candidate.</summary>
    public required bool Candidate { get; init; }

    /// <summary>Why it was started, for whoever reads the list.</summary>
    public required string Note { get; init; }

    /// <summary>UTC, as the next two.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the first attempt.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often a run was started: one that the service's end interrupted goes on in the next.</summary>
    public required int Attempts { get; init; }

    /// <summary>It was cancelled while it ran, and ends as soon as it can.</summary>
    public required bool CancelRequested { get; init; }

    /// <summary>Null until the run has said where it is.</summary>
    public TrainingRunProgress? Progress { get; init; }

    /// <summary>The last measurement on photos set aside; null where the recipe sets none aside.</summary>
    public TrainingRunScore? Score { get; init; }

    /// <summary>Why it failed, or what went wrong beside a success; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The published model; null until there is one.</summary>
    public string? Model { get; init; }
}

/// <summary>How far a training job is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingJobState>))]
public enum TrainingJobState
{
    [JsonStringEnumMemberName("queued")]
    Queued = 0,

    [JsonStringEnumMemberName("running")]
    Running = 1,

    [JsonStringEnumMemberName("succeeded")]
    Succeeded = 2,

    [JsonStringEnumMemberName("failed")]
    Failed = 3,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled = 4,
}
