using System.Net;
using System.Text.Json.Nodes;
using Search.Contracts.Messages;
using Search.Registry;
using Search.Testing;

namespace Search.TrainingJobs.Tests.Running;

/// <summary>Jobs from the queue to their end, each a real run of the trainer.</summary>
public sealed class JobLifeTests(TrainingData training) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Job_ThatSucceeds_IsPublishedAndCandidate_AndItsLifeIsTold()
    {
        await using var service = await JobService.StartAsync(_folder, training);
        var job = await service.QueueAsync("drawn", candidate: true);
        Assert.Equal((1, TrainingJobState.Queued, "1.0.0"), (job.Id, job.State, job.Version));

        var ended = await service.EndAsync(job.Id);

        Assert.Equal((TrainingJobState.Succeeded, null, 1), (ended.State, ended.Reason, ended.Attempts));
        var registry = await service.RegistryAsync();
        var published = Assert.Single(registry.Versions);
        Assert.Equal((published.Id.Value, published.Id), (ended.Model, registry.Current(ModelAliases.Candidate)!.Model));
        Assert.StartsWith("drawn@1.0.0+", ended.Model, StringComparison.Ordinal);
        Assert.Equal(6, (await service.TextAsync("/v1/training-jobs/1/curves")).Trim().Split('\n').Length);
        Assert.Contains("published drawn@1.0.0", await service.TextAsync("/v1/training-jobs/1/log"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data/trainer/jobs/1/work"]), "Checkpoints and the unpublished copy go with the job.");

        await Wait.UntilAsync(() => service.News.OfType<TrainingJobChanged>().Any(n => n.Job.State == TrainingJobState.Succeeded));
        var states = service.News.OfType<TrainingJobChanged>().Select(n => n.Job.State).ToList();
        Assert.Equal(states.Order(), states);
        Assert.Equal([TrainingJobState.Queued, TrainingJobState.Running, TrainingJobState.Succeeded], states.Distinct());
        Assert.Contains(service.News, n => n is ModelAliasesChanged);
    }

    [Fact]
    public async Task Job_StartedFromAnAlias_GoesOnFromTheModelItNamedThen_AndAnUnknownOneIs400()
    {
        await using var service = await JobService.StartAsync(_folder, training);
        using var refused = await service.PostAsync(new() { ["name"] = "drawn", ["photos"] = TrainingData.Photos, ["startFrom"] = "candidate" });
        var problem = await refused.ProblemAsync();
        Assert.Equal(400, problem.Status);
        Assert.Contains("'startFrom' is 'candidate', which is neither a published model nor an alias; no model is published.", problem.Detail, StringComparison.Ordinal);
        var first = await service.EndAsync((await service.QueueAsync("drawn", candidate: true)).Id);

        var job = await service.QueueAsync("drawn", startFrom: "candidate");
        Assert.Equal((first.Model, "1.1.0"), (job.StartFrom, job.Version));
        var ended = await service.EndAsync(job.Id);

        Assert.Equal((TrainingJobState.Succeeded, null), (ended.State, ended.Reason));
        var folder = await service.Get<ModelRegistry>().FetchAsync(new(ended.Model!), _folder["fetched"], TestContext.Current.CancellationToken);
        Assert.Equal(first.Model, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "model.json"), TestContext.Current.CancellationToken))!["training"]!["startedFrom"]!.GetValue<string>());
        Assert.False(Directory.Exists(_folder["data/trainer/jobs/2/start"]), "The copy that it started from goes with the job.");
    }

    [Fact]
    public async Task Jobs_ThatCannotBeTrained_FailInTheirOrder_AndSayWhy_AndOnlyTheLastKeepsItsFiles()
    {
        await using var service = await JobService.StartAsync(_folder, training, "--Training:KeepFiles=1");
        var first = await service.QueueAsync("first", photos: TrainingData.Broken);
        var second = await service.QueueAsync("second", photos: TrainingData.Broken);

        var (firstEnd, secondEnd) = (await service.EndAsync(first.Id), await service.EndAsync(second.Id));

        Assert.Equal((TrainingJobState.Failed, TrainingJobState.Failed), (firstEnd.State, secondEnd.State));
        Assert.Contains("no readable photo", firstEnd.Reason, StringComparison.Ordinal);
        Assert.True(firstEnd.EndedAt <= secondEnd.StartedAt, "One at a time, in the order in which they came.");
        Assert.Contains("ring.jpg", await service.TextAsync($"/v1/training-jobs/{second.Id}/log"), StringComparison.Ordinal);
        await Wait.UntilAsync(() => !Directory.Exists(_folder["data/trainer/jobs/1"]));
        using var gone = await service.Http.GetAsync(new Uri($"/v1/training-jobs/{first.Id}/log", UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = await gone.ProblemAsync();
        Assert.Equal((404, "No longer kept"), (problem.Status, problem.Title));
        Assert.Empty((await service.RegistryAsync()).Versions);
    }

    [Fact]
    public async Task Cancel_RunningAndQueuedJobs_EndsBoth_AndTheNextOneStarts()
    {
        await using var service = await JobService.StartAsync(_folder, training);
        var running = await service.QueueAsync("running", Recipes.Of(100_000));
        var waiting = await service.QueueAsync("waiting");
        var next = await service.QueueAsync("next", photos: TrainingData.Broken);
        await service.WaitAsync(running.Id, JobService.IsTraining);

        using var cancelWaiting = await service.CancelAsync(waiting.Id);
        using var cancelRunning = await service.CancelAsync(running.Id);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (cancelWaiting.StatusCode, cancelRunning.StatusCode));
        Assert.Equal((TrainingJobState.Cancelled, 0), ((await service.JobAsync(waiting.Id)).State, (await service.JobAsync(waiting.Id)).Attempts));
        var cancelled = await service.EndAsync(running.Id);
        Assert.Equal((TrainingJobState.Cancelled, true), (cancelled.State, cancelled.CancelRequested));
        Assert.NotEmpty(await service.TextAsync($"/v1/training-jobs/{running.Id}/curves"));
        Assert.Equal(TrainingJobState.Failed, (await service.EndAsync(next.Id)).State);
        Assert.False(Directory.Exists(_folder["data/trainer/jobs/1/work"]));

        using var again = await service.CancelAsync(running.Id);
        var problem = await again.ProblemAsync();
        Assert.Equal((409, "Job has ended"), (problem.Status, problem.Title));
    }

    [Fact]
    public async Task Service_StoppedAndStartedAgain_GoesOnWithItsJobFromTheCheckpoint()
    {
        long id;
        int stoppedAt;
        await using (var service = await JobService.StartAsync(_folder, training))
        {
            id = (await service.QueueAsync("drawn", Recipes.Of(60))).Id;
            stoppedAt = (await service.WaitAsync(id, job => JobService.IsTraining(job) && job.Progress!.Step > 10)).Progress!.Step;
        }
        Assert.True(Directory.Exists(JobService.Work(_folder["data"], id, "drawn.checkpoints")));
        await using var restarted = await JobService.StartAsync(_folder, training);

        var ended = await restarted.EndAsync(id);

        Assert.Equal((TrainingJobState.Succeeded, 1), (ended.State, ended.Attempts));
        var lines = (await restarted.TextAsync($"/v1/training-jobs/{id}/curves")).Trim().Split('\n');
        Assert.Equal(60, lines.Length);
        Assert.Equal(2, (await restarted.TextAsync($"/v1/training-jobs/{id}/log")).Split("attempt ").Length - 1);
        Assert.InRange(stoppedAt, 11, 60);
    }

    [Fact]
    public async Task Service_BackWithOtherWeights_StartsTheJobAnew_SinceItsCheckpointIsRefused()
    {
        long id;
        await using (var service = await JobService.StartAsync(_folder, training))
        {
            id = (await service.QueueAsync("drawn", Recipes.Of(100_000))).Id;
            await service.WaitAsync(id, job => JobService.IsTraining(job) && job.Progress!.Step > 10);
        }
        await using var back = await JobService.StartAsync(_folder, training, $"--Training:Weights={TrainingData.OtherWeights}");

        await Wait.UntilAsync(async () => (await back.TextAsync($"/v1/training-jobs/{id}/log")).Split("attempt ").Length - 1 == 3, TimeSpan.FromMinutes(2));
        await back.WaitAsync(id, JobService.IsTraining);

        Assert.Contains("cannot go on", await back.TextAsync($"/v1/training-jobs/{id}/log"), StringComparison.Ordinal);
    }
}
