using System.Net;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Limits;

public sealed class AdmissionTests
{
    [Fact]
    public async Task Searches_BeyondWorkersAndQueue_Are503WithRetryAfter_AndTheOthersAreAnswered()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxConcurrentSearches=2", "Gateway:MaxQueuedSearches=1");
        var (entered, release) = (new SemaphoreSlim(0), new TaskCompletionSource());
        var embed = host.Services.Embed;
        host.Services.Embed = async (request, cancellation) =>
        {
            entered.Release();
            await release.Task;
            return await embed(request, cancellation);
        };
        var working = Enumerable.Range(0, 2).Select(_ => host.SearchAsync(Form.WithImage())).ToList();
        for (var i = 0; i < 2; i++)
            Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        // Of three more, one finds the place in the queue; the other two are sent away before anything is released.
        var late = Enumerable.Range(0, 3).Select(_ => host.SearchAsync(Form.WithImage())).ToList();
        for (var refused = 0; refused < 2; refused++)
        {
            var answer = await await Task.WhenAny(late);
            late.RemoveAll(l => l.IsCompleted && l.Result == answer);
            await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(answer.Headers.RetryAfter);
        }
        release.SetResult();
        foreach (var answer in await Task.WhenAll([.. working, .. late]))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Search_WaitingLongerThanItsDeadline_Is503()
    {
        await using var host = await GatewayHost.StartAsync(
            "Gateway:MaxConcurrentSearches=1", "Gateway:MaxQueuedSearches=5", "Gateway:SearchDeadline=00:00:00.300");
        host.Services.Embed = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new System.Diagnostics.UnreachableException();
        };
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.SearchAsync(Form.WithImage()))))
            await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Bodies_BeyondTheMemoryForThem_Are503()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxSearchBodyBytes=1048576", "Gateway:MaxBufferedBytes=1048576");
        var (entered, release) = (new SemaphoreSlim(0), new TaskCompletionSource());
        var embed = host.Services.Embed;
        host.Services.Embed = async (request, cancellation) =>
        {
            entered.Release();
            await release.Task;
            return await embed(request, cancellation);
        };
        var first = host.SearchAsync(Form.WithImage(new byte[700_000]));
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        using (var second = await host.SearchAsync(Form.WithImage(new byte[700_000])))
            await second.ProblemAsync(HttpStatusCode.ServiceUnavailable);

        release.SetResult();
        using (var answer = await first)
            await answer.ReadAsync();
        // What the first held is free again.
        using var third = await host.SearchAsync(Form.WithImage(new byte[700_000]));
        await third.ReadAsync();
    }
}
