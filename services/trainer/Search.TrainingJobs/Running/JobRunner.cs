using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting;
using Search.TrainingJobs.Jobs;

namespace Search.TrainingJobs.Running;

/// <summary>Runs the jobs, one at a time and in their order. One that the service's end interrupted comes first.</summary>
internal sealed partial class JobRunner(
    JobStore store, JobFolders folders, JobNews news, JobRun run, DataDirectory data, IOptions<TrainingOptions> options, TimeProvider time, ILogger<JobRunner> logger) : BackgroundService
{
    /// <summary>Jobs that another process put into the table wait this long at most.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Lock _one = new();
    private readonly SemaphoreSlim _work = new(0);
    private (long Id, CancellationTokenSource Cancel)? _current;

    /// <summary>There is a new job.</summary>
    public void Wake() => _work.Release();

    /// <summary>Ends a queued job at once and a running one as soon as it can.</summary>
    /// <returns>The job as it was before; null when there is none.</returns>
    public TrainingJob? Cancel(long id)
    {
        lock (_one)
        {
            var before = store.Cancel(id);
            if (_current is { } current && current.Id == id)
                current.Cancel.Cancel();
            return before;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host goes on starting meanwhile.
        await Task.Yield();
        try
        {
            using var owner = await OwnAsync(stoppingToken);
            for (var swept = false; !stoppingToken.IsCancellationRequested;)
            {
                try
                {
                    if (!swept)
                        Sweep();
                    swept = true;
                    if (Take() is { } job)
                        await RunAsync(job, stoppingToken);
                    else
                        await _work.WaitAsync(s_look, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The table can't be read, e.g. on a full disk. Searches in this process go on, and so does this when it can.
                    LogTableTrouble(logger, e);
                    await Task.Delay(s_look, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _work.Dispose();
    }

    /// <summary>A second process on the same folder waits until the first is gone: two would run one job twice.</summary>
    private async Task<FileStream> OwnAsync(CancellationToken stopping)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(Path.Combine(data.For("trainer"), "runner.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!told)
                    LogWaiting(logger, e.Message);
                await Task.Delay(s_pause, time, stopping);
            }
        }
    }

    private TrainingJob? Take()
    {
        lock (_one)
        {
            var job = store.TakeNext();
            _current = job is null ? null : (job.Id, new CancellationTokenSource());
            return job;
        }
    }

    private async Task RunAsync(TrainingJob job, CancellationToken stopping)
    {
        LogStarted(logger, job.Id, job.Name, job.Version, job.Attempts);
        news.Tell(job);
        try
        {
            if (await EndAsync(job, stopping) is not { } end)
            {
                store.Interrupt(job.Id);
                return;
            }
            var ended = store.End(job.Id, end);
            LogEnded(logger, job.Id, ended.State, ended.Reason ?? ended.Model);
            news.Tell(ended);
            Sweep();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The table can't be written, e.g. on a full disk: the job runs as far as anybody knows, and is taken up again.
            LogTrouble(logger, job.Id, e);
            await Task.Delay(s_look, time, stopping);
        }
        finally
        {
            lock (_one)
            {
                _current?.Cancel.Dispose();
                _current = null;
            }
        }
    }

    private async Task<JobEnd?> EndAsync(TrainingJob job, CancellationToken stopping)
    {
        try
        {
            return await run.RunAsync(job, _current!.Value.Cancel.Token, stopping);
        }
        catch (ServiceProblemException e)
        {
            return JobEnd.Failed(e.Problem.Detail);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogTrouble(logger, job.Id, e);
            return JobEnd.Failed($"The run could not be started or watched: {e.Message}");
        }
    }

    /// <summary>Deletes what ended jobs no longer need, also what a kill kept from being deleted. A model that is trained and could not be published stays, as long as the job's other files.</summary>
    private void Sweep()
    {
        try
        {
            foreach (var job in store.WithOldFiles(0))
            {
                if (job.State != TrainingJobState.Failed || !folders.Of(job).HasModel())
                    folders.Of(job).DeleteWork();
            }
            foreach (var job in store.WithOldFiles(options.Value.KeepFiles))
            {
                folders.Of(job).DeleteAll();
                store.ForgetFiles(job.Id);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Training job {Id} runs: {Name} {Version}, attempt {Attempt}")]
    private static partial void LogStarted(ILogger logger, long id, string name, string version, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Training job {Id} {State}: {What}")]
    private static partial void LogEnded(ILogger logger, long id, TrainingJobState state, string? what);

    [LoggerMessage(Level = LogLevel.Error, Message = "Training job {Id} met trouble that is not its own")]
    private static partial void LogTrouble(ILogger logger, long id, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The table of training jobs can't be used; it is tried again")]
    private static partial void LogTableTrouble(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another process runs the training jobs of this data directory; this one waits until that has ended ({Reason})")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files of ended training jobs can't be deleted; it is tried again after the next job")]
    private static partial void LogNotDeleted(ILogger logger, Exception exception);
}
