using System.Globalization;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Contracts.Training;
using Search.TrainingJobs.Jobs;
using Search.TrainingJobs.Requests;

namespace Search.TrainingJobs.Running;

/// <summary>Brings one job to its end, from wherever an earlier attempt left it.</summary>
internal sealed class JobRun(
    JobStore store, JobFolders folders, JobNews news, TrainingRoot root, TrainerProgram program, StartingModels models, ModelRelease release, IOptions<TrainingOptions> options,
    TimeProvider time)
{
    private readonly TrainingOptions _options = options.Value;

    /// <returns>Null when <paramref name="stopping"/> came first: the job goes on when the service is back.</returns>
    public async Task<JobEnd?> RunAsync(TrainingJob job, CancellationToken cancelled, CancellationToken stopping)
    {
        if (job.CancelRequested)
            return JobEnd.Cancelled;
        if (job.Attempts > _options.MaxAttempts)
            return JobEnd.Failed($"The service went down {_options.MaxAttempts} times while this job ran, so it is not tried again. Does the run take all memory of the machine?");
        var folder = folders.Of(job);
        if (!folder.HasModel())
        {
            var exit = await TrainAsync(job, folder, cancelled, stopping);
            if (exit.Failure is { CheckpointRefused: true } && folder.HasCheckpoints && !cancelled.IsCancellationRequested && !stopping.IsCancellationRequested)
            {
                // The program was updated or the photos changed while the service was down. Nobody asked for exactly that run, but somebody waits for a model.
                folder.DeleteCheckpoints();
                exit = await TrainAsync(job, folder, cancelled, stopping);
            }
            if (!folder.HasModel())
                return cancelled.IsCancellationRequested ? JobEnd.Cancelled : stopping.IsCancellationRequested ? null : JobEnd.Failed(exit.Reason());
        }
        return await release.PublishAsync(job, folder, stopping);
    }

    private async Task<TrainerExit> TrainAsync(TrainingJob job, JobFolder folder, CancellationToken cancelled, CancellationToken stopping)
    {
        folder.Prepare(store.Recipe(job.Id));
        using var log = new JobLog(folder.Log, _options.MaxLogBytes);
        log.Write($"attempt {job.Attempts}, {time.GetUtcNow():u}");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancelled, stopping);
        var startFrom = job.StartFrom is { } model ? await models.FetchAsync(model, folder.Start, stopping) : null;
        var told = time.GetTimestamp();
        return await new TrainerProcess(program.Start(Arguments(job, folder, startFrom)), _options.Grace, time).RunAsync(Tell, log, end.Token);

        void Tell(TrainingRunLine line)
        {
            if (line.Progress is { } progress)
                // A loss that is no number is none: JSON has no way to write it.
                store.Tell(job.Id, progress.Loss is { } loss && !double.IsFinite(loss) ? progress with { Loss = null } : progress);
            if (line.Score is { } score)
                store.Tell(job.Id, score);
            if (time.GetElapsedTime(told) < _options.NewsInterval)
                return;
            told = time.GetTimestamp();
            if (store.Find(job.Id) is { } now)
                news.Tell(now);
        }
    }

    /// <exception cref="ServiceProblemException">What the job was started with is no longer there.</exception>
    private IEnumerable<string> Arguments(TrainingJob job, JobFolder folder, string? startFrom)
    {
        string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        return
        [
            "train", "--supervised", "--resume",
            "--photos", root.Photos(job.Photos),
            .. job.Catalogue is { } catalogue ? new[] { "--catalogue", root.Catalogue(catalogue) } : [],
            .. job.JudgingCatalogue is { } judging ? new[] { "--judging-catalogue", root.Catalogue(judging) } : [],
            "--weights", root.Weights(),
            .. startFrom is null ? [] : new[] { "--start-from", startFrom },
            "--out", folder.Model,
            "--recipe", folder.Recipe,
            "--model-version", job.Version,
            "--seed", Number(job.Seed),
            "--threads", Number(_options.Threads == 0 ? Environment.ProcessorCount : _options.Threads),
            "--checkpoint-every", Number(_options.CheckpointEvery),
            "--curves", folder.Curves,
        ];
    }
}
