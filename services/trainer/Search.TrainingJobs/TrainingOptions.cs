using System.ComponentModel.DataAnnotations;

namespace Search.TrainingJobs;

/// <summary>Configuration section <c>Training</c>. Every error is reported at start, all together.</summary>
public sealed class TrainingOptions
{
    public const string Section = "Training";

    /// <summary>The one folder that jobs may read photos and catalogues from. Default none: jobs are refused until it is set.</summary>
    public string? Root { get; set; }

    /// <summary>ImageNet weights that runs start from, safetensors; a relative path is one below <see cref="Root"/>. Default none: jobs are refused until it is set.</summary>
    public string? Weights { get; set; }

    /// <summary>
    /// The trainer: Search.Trainer.dll, or a program. Default: the one beside this program, or else the one built in this repository. It is half a gigabyte with torch, so it is a program of its
    /// own, which runs only while a job does.
    /// </summary>
    public string? Program { get; set; }

    /// <summary>Threads of one torch operation. 0, the default: all cores.</summary>
    [Range(0, 1_024)]
    public int Threads { get; set; }

    /// <summary>Steps from one checkpoint to the next: what a job loses at most when the service or the machine goes down. Each costs about a second and 40 MB. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int CheckpointEvery { get; set; } = 100;

    /// <summary>Jobs that may wait for their turn. Default 20.</summary>
    [Range(0, 10_000)]
    public int MaxQueued { get; set; } = 20;

    /// <summary>Largest recipe, bytes. Default 64 KiB.</summary>
    [Range(2, 1024 * 1024)]
    public int MaxRecipeBytes { get; set; } = 64 * 1024;

    /// <summary>How often a job's run is started again after the service went down under it; then it fails. A job that takes the machine with it must not do so for ever. Default 10.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Ended jobs whose curves and log are kept; those of older ones are deleted, the jobs stay listed. Default 50.</summary>
    [Range(0, 100_000)]
    public int KeepFiles { get; set; } = 50;

    /// <summary>Largest log of a job, bytes; the rest of a longer one is left out. Default 1 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxLogBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a run may take to end by itself when it is cancelled or the service stops, before it is killed. Default 10 s.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From one event that tells of a job's progress to the next, at least. Default 5 s.</summary>
    public TimeSpan NewsInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The weights' full path, or null.</summary>
    internal string? WeightsPath => string.IsNullOrEmpty(Weights) ? null : Path.GetFullPath(Weights, Path.GetFullPath(string.IsNullOrEmpty(Root) ? "." : Root));
}
