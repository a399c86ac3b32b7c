using System.CommandLine;
using Search.Cli.Commands;
using Search.Testing;

namespace Search.Cli.Tests;

public sealed class JobTests : IDisposable
{
    private const string Job = """{"id":7,"state":"STATE","name":"n","version":"1.1.0","photos":"p","seed":1,"candidate":false,"note":"","createdAt":"2030-01-02T03:04:05+00:00","attempts":1,"cancelRequested":false,"progress":{"stage":"top","step":3,"steps":9,"loss":0.5,"imagesPerSecond":20,"remainingSeconds":1.5}REST}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Subcommands => new(JobCommand.Create().Subcommands.Select(command => command.Name));

    [Theory]
    [MemberData(nameof(Subcommands))]
    public async Task Help_OfEverySubcommand_HasAnExample(string name)
    {
        var output = new StringWriter();
        Assert.Equal(0, await SearchCommand.Create().Parse(["job", name, "--help"]).InvokeAsync(new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken));
        Assert.Contains($"Example: search job {name}", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AndWatch_FollowsTheJobToItsEnd_AlsoOverARestart()
    {
        Queue<(int, string)> answers = new(
        [
            (201, State("queued")), (200, State("running")), (503, """{"title":"Temporarily unavailable","status":503,"detail":"away"}"""), (200, State("succeeded", ",\"endedAt\":\"2030-01-02T03:05:05+00:00\",\"model\":\"n@1.1.0+00112233aabbccdd\"")),
        ]);
        await using var service = new StandInService(_ => answers.Dequeue());
        await File.WriteAllTextAsync(_folder["recipe.json"], "{}", TestContext.Current.CancellationToken);

        Assert.Equal(0, await RunAsync(service, "job", "start", "--name", "n", "--photos", "p", "--recipe", _folder["recipe.json"], "--watch"));
        Assert.Equal(["POST /v1/training-jobs", "GET /v1/training-jobs/7", "GET /v1/training-jobs/7", "GET /v1/training-jobs/7"], service.Requests);
    }

    [Fact]
    public async Task Watch_WithoutANumber_TakesTheRunningJob_AndEndsWith1WhenItFails()
    {
        await using var service = new StandInService(request => request.Contains('?', StringComparison.Ordinal)
            ? (200, $$"""{"jobs":[{{State("running")}}],"next":null}""")
            : (200, State("failed", ",\"endedAt\":\"2030-01-02T03:05:05+00:00\",\"reason\":\"no photo\"")));

        Assert.Equal(1, await RunAsync(service, "job", "watch"));
        Assert.Equal(["GET /v1/training-jobs?limit=1&state=running", "GET /v1/training-jobs/7"], service.Requests);
    }

    [Fact]
    public async Task Cancel_IsAskedOnce_AndARefusalEndsWith1()
    {
        await using var service = new StandInService(request => request.Contains("/7/", StringComparison.Ordinal) ? (200, State("running")) : (409, """{"title":"Job has ended","status":409,"detail":"It has."}"""));

        Assert.Equal(0, await RunAsync(service, "job", "cancel", "7"));
        Assert.Equal(1, await RunAsync(service, "job", "cancel", "8"));
        Assert.Equal(["POST /v1/training-jobs/7/cancel", "POST /v1/training-jobs/8/cancel"], service.Requests);
    }

    [Fact]
    public async Task Jobs_ListsThem()
    {
        await using var service = new StandInService(_ => (200, $$"""{"jobs":[{{State("queued")}}],"next":3}"""));
        Assert.Equal(0, await RunAsync(service, "jobs", "--state", "queued", "--limit", "1"));
        Assert.Equal(["GET /v1/training-jobs?limit=1&state=queued"], service.Requests);
    }

    private static string State(string state, string rest = "") => Job.Replace("STATE", state, StringComparison.Ordinal).Replace("REST", rest, StringComparison.Ordinal);

    private static Task<int> RunAsync(StandInService service, params string[] arguments) =>
        SearchCommand.Create().Parse([.. arguments, "--url", service.Address.ToString()]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
}
