using System.Net;
using System.Text.Json.Nodes;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Testing;
using Search.TrainingJobs.Jobs;

namespace Search.TrainingJobs.Tests.Http;

/// <summary>What is refused, and how it is said. No job runs here.</summary>
public sealed class JobApiTests(TrainingData training) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private JobService _service = null!;

    public async ValueTask InitializeAsync()
    {
        // A link that leads out of the root, and one that stays within.
        Directory.CreateSymbolicLink(Path.Combine(training.Root, "out"), Path.GetTempPath());
        Directory.CreateSymbolicLink(Path.Combine(training.Root, "within"), Path.Combine(training.Root, TrainingData.Photos));
        _service = await JobService.StartAsync(_folder, training);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(Path.Combine(training.Root, "out"));
        Directory.Delete(Path.Combine(training.Root, "within"));
    }

    [Fact]
    public async Task Start_AWrongRequest_IsToldEverythingThatIsWrongWithIt()
    {
        var (status, title, detail) = await RefusedAsync(new JsonObject
        {
            ["name"] = "No Name", ["version"] = "one", ["photos"] = "nowhere", ["seed"] = -1, ["note"] = new string('x', 501),
            ["catalogue"] = TrainingData.Photos,
            ["recipe"] = JsonNode.Parse("""{ "instanceWeight": 2, "losses": [ { "name": "tripplet" } ], "hardNegatives": { "index": "hnws" } }"""),
        });

        Assert.Equal((400, "Training job can't be started"), (status, title));
        Assert.All(
            ["'name'", "'version'", "There is no folder 'nowhere'", "'seed' is -1", "'note' has 501", "has no catalogue.ndjson", "instanceWeight is 2", "no loss is named 'tripplet'", "'hnws'"],
            expected => Assert.Contains(expected, detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "instanceWieght": 1 }""", "instanceWieght")]
    [InlineData("""{ "stages": null }""", "stages")]
    [InlineData("""{ "top": { "steps": "many" } }""", "steps")]
    [InlineData("[1]", "can")]
    public async Task Start_ARecipeThatCannotBeRead_IsToldWhere_AndNoPathOfTheServer(string recipe, string expected)
    {
        var (status, _, detail) = await RefusedAsync(Request(recipe: JsonNode.Parse(recipe)));

        Assert.Equal(400, status);
        Assert.Contains(expected, detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath().TrimEnd('/') + "/", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("pieces/../../elsewhere")]
    [InlineData("/etc")]
    [InlineData("out")]
    [InlineData("out/x")]
    [InlineData("")]
    [InlineData("pieces\u0000")]
    [InlineData("C:\\pieces")]
    public async Task Start_PhotosOutsideTheRoot_AreRefused(string photos)
    {
        var (status, _, detail) = await RefusedAsync(Request(photos));

        Assert.Equal(400, status);
        Assert.Contains("not a relative path", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ALinkWithinTheRoot_IsTaken_AndAQueuedJobIsCancelledAtOnce()
    {
        using var response = await _service.PostAsync(Request("within"));
        Assert.Equal((HttpStatusCode.Created, "/v1/training-jobs/1"), (response.StatusCode, response.Headers.Location?.ToString()));
        using var cancelled = await _service.CancelAsync(1);
        Assert.Equal(TrainingJobState.Cancelled, (await _service.EndAsync(1)).State);
    }

    [Theory]
    [InlineData("""{ "name": "a", "photos": "pieces", "recipie": {} }""", 400, "recipie")]
    [InlineData("""{ "name": 1 }""", 400, "name")]
    [InlineData("nonsense", 400, "JSON object")]
    [InlineData("", 400, "JSON object")]
    public async Task Start_ABodyOfAnotherForm_IsRefused(string body, int status, string expected)
    {
        using var content = new StringContent(body);
        using var response = await _service.Http.PostAsync(new Uri("/v1/training-jobs", UriKind.Relative), content, TestContext.Current.CancellationToken);

        var problem = await response.ProblemAsync();
        Assert.Equal(status, problem.Status);
        Assert.Contains(expected, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ARecipeOverTheLimit_Is400_AndAHugeBody413()
    {
        var large = await RefusedAsync(Request(recipe: new JsonObject { ["x"] = new string('x', 64 * 1024) }));
        Assert.Equal(400, large.Status);
        Assert.Contains("65536 bytes", large.Detail, StringComparison.Ordinal);
        Assert.Equal(413, (await RefusedAsync(Request(recipe: new JsonObject { ["x"] = new string('x', 1024 * 1024) }))).Status);
    }

    [Fact]
    public async Task Start_AVersionThatIsTaken_Is409_AndNamesTheNextOne()
    {
        _service.Get<JobStore>().Add(new StartTrainingJob { Name = "taken", Photos = TrainingData.Broken }, "1.4.0");

        var (status, _, detail) = await RefusedAsync(new JsonObject { ["name"] = "taken", ["photos"] = TrainingData.Photos, ["version"] = "1.4.0" });

        Assert.Equal(409, status);
        Assert.Contains("The next one is 1.5.0.", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Training:Root=", 400, "Training:Root")]
    [InlineData("--Training:Weights=nowhere.safetensors", 503, "Training:Weights")]
    [InlineData("--Training:Program=/nowhere/Search.Trainer.dll", 503, "/nowhere/Search.Trainer.dll")]
    [InlineData("--Training:MaxQueued=0", 429, "0 training jobs wait")]
    public async Task Start_WhereNothingCanBeTrained_SaysWhatToDo(string setting, int status, string expected)
    {
        using var folder = new TemporaryFolder();
        await using var service = await JobService.StartAsync(folder, training, setting);

        using var response = await service.PostAsync(Request());

        var problem = await response.ProblemAsync();
        Assert.Equal(status, problem.Status);
        Assert.Contains(expected, problem.Detail, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync(new Uri("/v1/training-jobs", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/training-jobs/7", 404)]
    [InlineData("GET", "/v1/training-jobs/seven", 404)]
    [InlineData("GET", "/v1/training-jobs/99999999999999999999", 404)]
    [InlineData("GET", "/v1/training-jobs/7/curves", 404)]
    [InlineData("GET", "/v1/training-jobs/7/recipe", 404)]
    [InlineData("GET", "/v1/training-jobs/-1/log", 404)]
    [InlineData("POST", "/v1/training-jobs/7/cancel", 404)]
    [InlineData("GET", "/v1/training-jobs?limit=0", 400)]
    [InlineData("GET", "/v1/training-jobs?limit=201", 400)]
    [InlineData("GET", "/v1/training-jobs?state=asleep", 400)]
    public async Task Ask_ForWhatIsNotThere_IsAProblem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await _service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (await response.ProblemAsync()).Status);
    }

    [Fact]
    public async Task Bus_AsksTheSame_AndCarriesTheSameProblems()
    {
        var bus = _service.Get<IQueryBus>();
        var (limit, cancellation) = (TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var unknown = await Assert.ThrowsAsync<ServiceProblemException>(() => bus.AskAsync<GetTrainingJob, TrainingJob>(new GetTrainingJob { Id = 7 }, limit, cancellation));
        var wrong = await Assert.ThrowsAsync<ServiceProblemException>(() => bus.AskAsync<StartTrainingJob, TrainingJob>(new StartTrainingJob { Name = "a", Photos = "nowhere" }, limit, cancellation));
        var started = await bus.AskAsync<StartTrainingJob, TrainingJob>(new StartTrainingJob { Name = "a", Photos = TrainingData.Broken }, limit, cancellation);
        await bus.AskAsync<CancelTrainingJob, TrainingJob>(new CancelTrainingJob { Id = started.Id }, limit, cancellation);
        var page = await bus.AskAsync<ListTrainingJobs, TrainingJobPage>(new ListTrainingJobs { Limit = 5 }, limit, cancellation);

        Assert.Equal((404, 400), (unknown.Problem.Status, wrong.Problem.Status));
        Assert.Equal(started.Id, Assert.Single(page.Jobs).Id);
    }

    private static JsonObject Request(string photos = TrainingData.Photos, JsonNode? recipe = null) => new() { ["name"] = "drawn", ["photos"] = photos, ["recipe"] = recipe };

    private async Task<(int Status, string Title, string Detail)> RefusedAsync(JsonObject body)
    {
        using var response = await _service.PostAsync(body);
        return await response.ProblemAsync();
    }
}
