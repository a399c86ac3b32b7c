using Search.Cli.Api;
using Search.Cli.Commands;
using Search.Cli.Groups;
using Search.Testing;

namespace Search.Cli.Tests;

public sealed class GroupTests
{
    private const string Progress = """{"progress":{"stage":"pairs","done":1,"total":3}}""";
    private const string Group = """{"duplicates":{"least":0.97,"most":0.98,"sameFile":false,"items":[{"id":"a","title":"<A>","category":"rings","image":1,"imageUrl":"http://elsewhere/x"},{"id":"b","title":"B","category":"rings","image":0,"imageUrl":"/y"}]}}""";
    private const string Outlier = """{"outlier":{"score":1.2,"suggestedCategory":"rings","disagreement":0.9,"localOutlierFactor":1.4,"item":{"id":"c","title":"C","category":"watches","image":0},"neighbours":[{"similarity":0.8,"item":{"id":"a","title":"A","category":"rings","image":1}}]}}""";
    private const string End = """{"end":{"model":"m@1.0.0+00112233aabbccdd","items":3,"pictures":4,"found":1}}""";

    [Fact]
    public async Task Ask_AWholeAnswer_IsWhatWasFound()
    {
        await using var service = new StandInService(_ => (200, $"{Progress}\n{Group}\n{End}\n"));
        using var api = new SearchApi(service.Address, null);

        var answer = await GroupAnswer.AskAsync(api, "duplicates?threshold=0.9", TestContext.Current.CancellationToken);

        Assert.Equal(Group, Assert.Single(answer.Found).Text);
        Assert.Equal((3, 4), (answer.End.Items, answer.End.Pictures));
        Assert.Equal(["GET /v1/groups/duplicates?threshold=0.9"], service.Requests);
    }

    [Theory]
    [InlineData(200, Group + "\n", "broke off")]
    [InlineData(200, "", "broke off")]
    [InlineData(200, Group + "\n{\"problem\":{\"title\":\"Threshold too low\",\"status\":422,\"detail\":\"Raise it.\"}}\n", "Threshold too low (422): Raise it.")]
    [InlineData(200, "<html>", "can't be read")]
    [InlineData(503, "{\"title\":\"Overloaded\",\"status\":503,\"detail\":\"One at a time.\"}", "Overloaded (503): One at a time.")]
    public async Task Ask_AnAnswerThatIsNotWhole_IsAnError(int status, string body, string expected)
    {
        await using var service = new StandInService(_ => (status, body));
        using var api = new SearchApi(service.Address, null);

        var error = await Assert.ThrowsAsync<SearchApiException>(() => GroupAnswer.AskAsync(api, "duplicates", TestContext.Current.CancellationToken));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_TwoItems_IsSentOnce_AndForgotten()
    {
        await using var service = new StandInService(_ => (204, ""));

        Assert.Equal(0, await RunAsync(service, "duplicates", "--not", "a", "b"));
        Assert.Equal(0, await RunAsync(service, "duplicates", "--forget", "a", "b"));

        Assert.Equal(["PUT /v1/distinct-items/a/b", "DELETE /v1/distinct-items/a/b"], service.Requests);
    }

    [Fact]
    public async Task Not_AnUnknownItem_EndsWith1()
    {
        await using var service = new StandInService(_ => (404, """{"title":"Unknown item","status":404,"detail":"There is no item 'b'."}"""));
        Assert.Equal(1, await RunAsync(service, "duplicates", "--not", "a", "b"));
    }

    [Fact]
    public async Task Html_HasThePictures_AskedForByIdAndOnceEach()
    {
        using var folder = new TemporaryFolder();
        await using var service = new StandInService(request => request switch
        {
            "GET /v1/groups/duplicates" => (200, $"{Group}\n{End}\n"),
            "GET /v1/groups/outliers" => (200, $"{Outlier}\n{End}\n"),
            _ when request.Contains("/v1/groups/", StringComparison.Ordinal) => (200, $"{End}\n"),
            _ when request.Contains("/b/image", StringComparison.Ordinal) => (404, ""),
            _ => (200, "jpeg"),
        });

        Assert.Equal(0, await RunAsync(service, "review", folder["page.html"]));

        var page = await File.ReadAllTextAsync(folder["page.html"], TestContext.Current.CancellationToken);
        Assert.Contains("data:image/jpeg;base64,anBlZw==", page, StringComparison.Ordinal);
        Assert.Contains("&lt;A&gt;", page, StringComparison.Ordinal);
        Assert.Contains("looks like rings", page, StringComparison.Ordinal);
        Assert.Equal(
            ["GET /v1/items/a/image?n=1&size=192", "GET /v1/items/b/image?n=0&size=192", "GET /v1/items/c/image?n=0&size=192"],
            service.Requests.Where(request => request.Contains("/image", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(int.MaxValue, 1)]
    public async Task Html_ServiceThatWantsAPause_IsAskedAgain_AndNotForEver(int refusals, int exit)
    {
        using var folder = new TemporaryFolder();
        await using var service = new StandInService(request => request switch
        {
            "GET /v1/groups/duplicates" => (200, $"{Group}\n{End}\n"),
            _ when request.Contains("/image", StringComparison.Ordinal) => refusals-- > 0 ? (429, """{"title":"Too many requests","status":429,"detail":"Wait."}""") : (200, "jpeg"),
            _ => (200, $"{End}\n"),
        });

        Assert.Equal(exit, await RunAsync(service, "review", folder["page.html"]));

        if (exit == 0)
            Assert.Equal(2, (await File.ReadAllTextAsync(folder["page.html"], TestContext.Current.CancellationToken)).Split("data:image/jpeg;base64,anBlZw==").Length - 1);
    }

    private static Task<int> RunAsync(StandInService service, params string[] arguments) =>
        SearchCommand.Create().Parse([.. arguments, "--url", service.Address.ToString()]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
}
