using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts.Messages;
using Search.Hosting;
using Search.Hosting.Messaging;
using Search.Registry;
using Search.Testing;

namespace Search.TrainingJobs.Tests;

/// <summary>The whole service as its Program composes it, in this process, with the trainer as its child.</summary>
internal sealed class JobService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private JobService(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    /// <summary>Every event so far.</summary>
    public ConcurrentQueue<object> News => Get<Inbox>().News;

    public static string Trainer { get; } = Path.Combine(
        Repository.Root, "services", "trainer", "Search.Trainer", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "Search.Trainer.dll");

    /// <summary>Where a job's run works, as operators find it under the data folder.</summary>
    public static string Work(string data, long job, string file) => Path.Combine(data, "trainer", "jobs", $"{job}", "work", file);

    public static string[] Settings(string data, TrainingData training) =>
    [
        $"--Data:Directory={data}", $"--Training:Root={training.Root}", $"--Training:Weights={TrainingData.Weights}", $"--Training:Program={Trainer}",
        "--Training:Threads=1", "--Training:CheckpointEvery=5", "--Training:NewsInterval=00:00:00.2", "--Logging:LogLevel:Default=Warning",
    ];

    public static Task<JobService> StartAsync(TemporaryFolder folder, TrainingData training, params string[] settings) =>
        StartAsync([.. Settings(folder["data"], training), .. settings]);

    public static async Task<JobService> StartAsync(params string[] settings)
    {
        var builder = ServiceHost.CreateBuilder("trainer", settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddTrainingJobs();
        builder.Services.AddSingleton<Inbox>();
        builder.Services.AddEventHandler<TrainingJobChanged, Inbox.Handler>("tests.training-job-changed", concurrency: 1);
        builder.Services.AddBroadcastHandler<ModelAliasesChanged, Inbox.Handler>("tests.model-aliases-changed");
        var app = ServiceHost.Build(builder);
        app.MapTrainingJobs();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new JobService(app);
    }

    /// <summary>Queues a job of these members beside name and photos.</summary>
    public async Task<TrainingJob> QueueAsync(string name, string recipe = Recipes.Short, string photos = TrainingData.Photos, bool candidate = false, string? startFrom = null)
    {
        using var response = await PostAsync(new JsonObject { ["name"] = name, ["photos"] = photos, ["recipe"] = JsonNode.Parse(recipe), ["candidate"] = candidate, ["startFrom"] = startFrom });
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Stop));
        return (await response.Content.ReadFromJsonAsync<TrainingJob>(Stop))!;
    }

    public Task<HttpResponseMessage> PostAsync(JsonObject body) => Http.PostAsJsonAsync(new Uri("/v1/training-jobs", UriKind.Relative), body, Stop);

    public Task<HttpResponseMessage> CancelAsync(long id) => Http.PostAsync(new Uri($"/v1/training-jobs/{id}/cancel", UriKind.Relative), content: null, Stop);

    public async Task<TrainingJob> JobAsync(long id) => (await Http.GetFromJsonAsync<TrainingJob>(new Uri($"/v1/training-jobs/{id}", UriKind.Relative), Stop))!;

    public Task<string> TextAsync(string path) => Http.GetStringAsync(new Uri(path, UriKind.Relative), Stop);

    /// <returns>The job as it is when <paramref name="condition"/> holds.</returns>
    public Task<TrainingJob> WaitAsync(long id, Func<TrainingJob, bool> condition) => WaitAsync(Http, id, condition);

    public Task<TrainingJob> EndAsync(long id) => WaitAsync(id, HasEnded);

    public static bool HasEnded(TrainingJob job) => job.EndedAt is not null;

    /// <summary>Its optimiser is at work.</summary>
    public static bool IsTraining(TrainingJob job) => job.Progress?.Loss is not null;

    public static async Task<TrainingJob> WaitAsync(HttpClient http, long id, Func<TrainingJob, bool> condition)
    {
        TrainingJob? job = null;
        try
        {
            await Search.Testing.Wait.UntilAsync(async () =>
            {
                job = (await http.GetFromJsonAsync<TrainingJob>(new Uri($"/v1/training-jobs/{id}", UriKind.Relative), Stop))!;
                return condition(job) || HasEnded(job);
            }, TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException)
        {
            // Told below, with all that is known.
        }
        Assert.True(condition(job!), $"The job did not come to it: {job}\n{await http.GetStringAsync(new Uri($"/v1/training-jobs/{id}/log", UriKind.Relative), Stop)}");
        return job!;
    }

    public Task<RegistryIndex> RegistryAsync() => Get<ModelRegistry>().ReadAsync(Stop);

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed class Inbox
    {
        public ConcurrentQueue<object> News { get; } = [];

        internal sealed class Handler(Inbox inbox) : IEventHandler<TrainingJobChanged>, IEventHandler<ModelAliasesChanged>
        {
            public Task HandleAsync(TrainingJobChanged message, CancellationToken cancellation) => Take(message);

            public Task HandleAsync(ModelAliasesChanged message, CancellationToken cancellation) => Take(message);

            private Task Take(object message)
            {
                inbox.News.Enqueue(message);
                return Task.CompletedTask;
            }
        }
    }
}

internal static class ResponseProblems
{
    public static async Task<(int Status, string Title, string Detail)> ProblemAsync(this HttpResponseMessage response)
    {
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return ((int)response.StatusCode, problem.GetProperty("title").GetString()!, problem.GetProperty("detail").GetString()!);
    }
}
