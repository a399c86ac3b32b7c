using Search.Cli.Api;
using Search.Contracts.Messages;
using Spectre.Console;

namespace Search.Cli.Training;

/// <summary>Follows a training job to its end, also over a restart of the service.</summary>
internal sealed class JobWatch(SearchApi api, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>How long the service may be away.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <returns>The job as it ended.</returns>
    public async Task<TrainingJob> RunAsync(long id, CancellationToken cancellation)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return await FollowAsync(id, new JobLines(time).Show, cancellation);
        TrainingJob? ended = null;
        await AnsiConsole.Progress().Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }).StartAsync(async bars =>
        {
            var bar = bars.AddTask("waiting");
            ended = await FollowAsync(id, job =>
            {
                bar.MaxValue = Math.Max(1, job.Progress?.Steps ?? 1);
                bar.Value = job.Progress?.Step ?? 0;
                bar.Description = Markup.Escape(JobText.State(job));
            }, cancellation);
        });
        return ended!;
    }

    private async Task<TrainingJob> FollowAsync(long id, Action<TrainingJob> show, CancellationToken cancellation)
    {
        var heard = time.GetTimestamp();
        while (true)
        {
            try
            {
                var job = await api.GetJobAsync(id, cancellation);
                heard = time.GetTimestamp();
                show(job);
                if (job.EndedAt is not null)
                    return job;
            }
            catch (Exception e) when ((e is HttpRequestException or SearchApiException { Status: 502 or 503 }) && time.GetElapsedTime(heard) < s_patience)
            {
                // It is being restarted; the job goes on with it.
            }
            await Task.Delay(s_interval, time, cancellation);
        }
    }
}
