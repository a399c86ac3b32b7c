using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Groups;

public sealed class GroupRunnerTests
{
    private readonly RandomVectors _random = new(24);

    [Theory]
    [InlineData("duplicates?threshold=0")]
    [InlineData("duplicates?threshold=1.01")]
    [InlineData("duplicates?threshold=NaN")]
    [InlineData("clusters?k=0")]
    [InlineData("clusters?k=201")]
    [InlineData("clusters?representatives=0")]
    [InlineData("clusters?representatives=21")]
    [InlineData("outliers?k=0")]
    [InlineData("outliers?k=51")]
    [InlineData("outliers?limit=0")]
    [InlineData("outliers?limit=1001")]
    public async Task Group_AParameterOutOfRange_Is400(string query)
    {
        await using var service = await GroupedService.StartAsync();
        await service.ProblemAsync(query, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Group_WhileAnotherIsUnderWay_IsRefused_UntilItsCallerHangsUp()
    {
        await using var service = await GroupedService.StartAsync();
        await service.AddAsync("a", "rings", _random.Unit(GroupedService.Dimension));
        service.Catalogue.Answers = new TaskCompletionSource();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var first = service.Http.GetAsync(new Uri("/v1/groups/duplicates", UriKind.Relative), caller.Token);
        await service.Catalogue.Asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("one at a time", await service.ProblemAsync("clusters", HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        service.Catalogue.Answers.SetResult();

        await Search.Testing.Wait.UntilAsync(async () =>
        {
            using var next = await service.Http.GetAsync(new Uri("/v1/groups/clusters", UriKind.Relative), TestContext.Current.CancellationToken);
            return next.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Group_AsSoonAsTheEndWasRead_TheNextMayBeAsked()
    {
        await using var service = await GroupedService.StartAsync();
        await service.AddAsync("a", "rings", _random.Unit(GroupedService.Dimension));
        for (var i = 0; i < 50; i++)
        {
            // As the command line reads: to the last line, not to the end of the connection's answer.
            using var response = await service.Http.GetAsync(
                new Uri("/v1/groups/clusters", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("\"end\"", StringComparison.Ordinal))
                Assert.Contains("cluster", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Group_MorePicturesThanAllowed_Is422()
    {
        await using var service = await GroupedService.StartAsync("--Ann:MaxGroupedPictures", "1");
        await service.AddAsync("a", "rings", _random.Unit(GroupedService.Dimension));
        Assert.Single(await service.LinesAsync("duplicates"));
        await service.AddAsync("b", "rings", _random.Unit(GroupedService.Dimension));
        Assert.Contains("Ann:MaxGroupedPictures", await service.ProblemAsync("duplicates", (HttpStatusCode)422), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_LongerThanItMay_EndsWithAProblem()
    {
        await using var service = await GroupedService.StartAsync(services => services.AddSingleton<TimeProvider>(new ImpatientTime()), "--Ann:GroupingMinutes", "17");
        await service.AddAsync("a", "rings", _random.Unit(GroupedService.Dimension));
        service.Catalogue.Answers = new TaskCompletionSource();

        Assert.Contains("17 minutes", await service.ProblemAsync("duplicates", HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_AThresholdBelowEverything_EndsWithAProblemAsTheLastLine()
    {
        await using var service = await GroupedService.StartAsync();
        var centre = _random.Unit(GroupedService.Dimension);
        // 1,500 items are 1.1 million pairs.
        for (var i = 0; i < 1_500; i++)
            await service.AddAsync($"item-{i}", "rings", _random.UnitNear(centre, 0.2));

        var last = (await service.LinesAsync("duplicates?threshold=0.01"))[^1];

        Assert.Contains("raise the threshold", last.GetProperty("problem").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_AnItemThatTheCatalogueDoesNotKnow_IsLeftOut()
    {
        await using var service = await GroupedService.StartAsync();
        var one = _random.Unit(GroupedService.Dimension);
        await service.AddAsync("a", "rings", one);
        await service.AddAsync("b", "rings", one);
        await service.AddAsync("c", "rings", one, one);
        service.Catalogue.Remove("b");

        var group = Assert.Single(await service.FindAsync("duplicates")).GetProperty("duplicates");

        Assert.Equal(["a", "c"], GroupedService.Ids(group.GetProperty("items")));
    }

    /// <summary>Time in which seventeen minutes pass at once.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == TimeSpan.FromMinutes(17) ? TimeSpan.Zero : dueTime, period);
    }
}
