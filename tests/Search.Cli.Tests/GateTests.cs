using Search.Cli.Api;
using Search.Cli.Commands;
using Spectre.Console;

namespace Search.Cli.Tests;

public sealed class GateTests
{
    private const string Model = "tiny@2.0.0+00112233aabbccdd";
    private const string Models = $$"""{"models":[{"id":"{{Model}}","publishedAt":"2030-01-01T00:00:00Z","aliases":["candidate"],"served":true,"active":false}]}""";

    private static readonly string[] s_shown = ["category mAP", "0.750", "+0.050", "-0.010 to +0.110", "[rings]", "worse", "too few to count", "- [rings] lose.", "The gate: failed."];

    private const string Refusal = """{"title":"Not admitted by the gate","status":409,"detail":"category mAP is 0.1."}""";

    [Theory]
    [InlineData("passed", true, 0)]
    [InlineData("failed", false, 1)]
    [InlineData("undecided", true, 0)]
    public async Task Gate_EndsWith1_WhenTheModelMayNotBePromoted(string outcome, bool admits, int status)
    {
        await using var service = new StandInService(request => (200, request.StartsWith("GET", StringComparison.Ordinal) ? Models : Text(outcome, admits)));
        Assert.Equal(status, await RunAsync(service, "gate", "candidate"));
        Assert.Equal(["GET /v1/models", "POST /v1/models/gate"], service.Requests);
    }

    [Fact]
    public async Task Promote_ShowsTheVerdict_WhetherItWasAdmittedOrNot_AndEndsAccordingly()
    {
        var admitted = true;
        await using var service = new StandInService(request => request switch
        {
            "POST /v1/models/promote" => admitted ? (200, Models) : (409, Refusal),
            "GET /v1/models" => (200, Models),
            _ => (200, $$"""{"verdicts":[{{Text("passed", admitted)}}]}"""),
        });
        Assert.Equal(0, await RunAsync(service, "promote", "candidate"));
        admitted = false;
        Assert.Equal(1, await RunAsync(service, "promote", "candidate"));
        var asked = new[] { "GET /v1/models", "POST /v1/models/promote", $"GET /v1/models/gate?model={Uri.EscapeDataString(Model)}" };
        Assert.Equal([.. asked, .. asked], service.Requests);
    }

    [Fact]
    public void Table_HasEveryFigureWithItsInterval_AndSaysWhatWasTooMuch()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 160;
        VerdictTable.Write(console, new Verdict(Model, "tiny@1.0.0+00112233aabbccdd", "catalogue", new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), 60, 120, "failed", Admits: false, ["[rings] lose."],
            [new VerdictFigure("category mAP", 60, 0.75, 0.7, 0.05, -0.01, 0.11, [new("[rings]", 40, 0.5, 0.6, -0.1, -0.2, -0.05, true, true), new("pins", 3, 1, 1, 0, 0, 0, false, false)])]));
        var text = output.ToString();
        Assert.All(s_shown, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static string Text(string outcome, bool admits) => $$"""
        {"candidate":"{{Model}}","production":"tiny@1.0.0+00112233aabbccdd","source":"catalogue","judgedAt":"2030-01-01T00:00:00Z","items":3,"pictures":4,"outcome":"{{outcome}}",
        "admits":{{(admits ? "true" : "false")}},"reasons":["r"],"figures":[{"metric":"m","queries":1,"candidate":1,"production":1,"gain":0,"low":0,"high":0,"categories":[]}]}
        """;

    private static Task<int> RunAsync(StandInService service, params string[] arguments) =>
        SearchCommand.Create().Parse([.. arguments, "--url", service.Address.ToString()]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
}
