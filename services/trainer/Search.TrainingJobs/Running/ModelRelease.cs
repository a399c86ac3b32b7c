using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Models;
using Search.Registry;
using Search.TrainingJobs.Jobs;

namespace Search.TrainingJobs.Running;

/// <summary>From a job's folder into the registry, and on to the candidate if that was asked for.</summary>
internal sealed class ModelRelease(ModelRegistry registry, IEventBus bus, TimeProvider time)
{
    /// <summary>A full disk may be freed, and an hour's training is worth a minute's patience.</summary>
    private static readonly TimeSpan[] s_pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    private static readonly TimeSpan s_newsDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Publishing what is published changes nothing, so that it may be done again after a kill.</summary>
    /// <returns>Null when <paramref name="stopping"/> came first.</returns>
    public async Task<JobEnd?> PublishAsync(TrainingJob job, JobFolder folder, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var model = (await registry.PublishAsync(folder.Model, stopping)).Id;
                return JobEnd.Succeeded(model.Value, job.Candidate ? await NameAsync(model, job, stopping) : null);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception e) when (e is ModelRegistryException or InvalidModelException or UnauthorizedAccessException)
            {
                return JobEnd.Failed($"The model is trained and can't be published: {e.Message}");
            }
            catch (IOException e) when (attempt >= s_pauses.Length)
            {
                return JobEnd.Failed($"The model is trained and can't be published: {e.Message}");
            }
            catch (IOException)
            {
                if (await StoppedAsync(s_pauses[attempt], stopping))
                    return null;
            }
        }
    }

    /// <returns>What went wrong, which leaves the model published; null for nothing.</returns>
    private async Task<string?> NameAsync(Contracts.EmbeddingModelId model, TrainingJob job, CancellationToken stopping)
    {
        try
        {
            await registry.PointAsync(ModelAliases.Candidate, model, $"Training job {job.Id}. {job.Note}".TrimEnd(), stopping);
        }
        catch (Exception e) when (e is ModelRegistryException or IOException or UnauthorizedAccessException)
        {
            return $"It is published, but could not be made the candidate: {e.Message}";
        }
        try
        {
            await bus.PublishAsync(new ModelAliasesChanged(), stopping).WaitAsync(s_newsDeadline, time, stopping);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // Whoever serves models looks now and then all the same, so news that are lost only delay.
        }
        return null;
    }

    private async Task<bool> StoppedAsync(TimeSpan pause, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(pause, time, stopping);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
