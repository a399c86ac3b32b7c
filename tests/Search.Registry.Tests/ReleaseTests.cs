using System.Text;
using System.Text.Json.Nodes;
using Search.Contracts;

namespace Search.Registry.Tests;

public sealed class ReleaseTests : IAsyncLifetime
{
    private readonly RegistryHost _host = new([]);
    private readonly SteppedTime _time = new();
    private ModelRegistry _registry = null!;
    private EmbeddingModelId _a, _b, _c;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _registry = new ModelRegistry(_host.Blobs, _time);
        _a = (await _registry.PublishAsync(_host.Model("1.0.0", "a"), Stop)).Id;
        _b = (await _registry.PublishAsync(_host.Model("2.0.0", "b"), Stop)).Id;
        _c = (await _registry.PublishAsync(_host.Model("3.0.0", "c"), Stop)).Id;
        await _registry.PromoteAsync(_a, "first", force: true, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _registry.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Release_OfPrevious_LeavesNoWayBack_AndHappensOnce()
    {
        await _registry.PromoteAsync(_b, "better", force: true, Stop);
        Assert.True(await _registry.ReleaseAsync(null, "settled", Stop));
        Assert.Equal([_a], await ReleasedAsync());
        await Assert.ThrowsAsync<ModelRegistryException>(() => _registry.DemoteAsync("back", Stop));
        Assert.False(await _registry.ReleaseAsync(null, "again", Stop));
        Assert.False(await _registry.ReleaseAsync(_a, "again", Stop));
        Assert.Equal("settled", Assert.Single((await _registry.ReadAsync(Stop)).Released).Reason);
    }

    [Fact]
    public async Task Release_OfTheCandidate_TakesItsNameAway()
    {
        await _registry.PointAsync(ModelAliases.Candidate, _b, "try", Stop);
        Assert.True(await _registry.ReleaseAsync(_b, "no", Stop));
        Assert.False((await _registry.ReadAsync(Stop)).IsNamed(_b));
        Assert.Equal([_b], await ReleasedAsync());
    }

    [Fact]
    public async Task Release_OfProductionOrOfAnUnknownModel_IsRefused()
    {
        await _registry.PointAsync(ModelAliases.Candidate, _a, "none", Stop);
        await Assert.ThrowsAsync<ModelRegistryException>(() => _registry.ReleaseAsync(_a, "no", Stop));
        await Assert.ThrowsAsync<ModelRegistryException>(() => _registry.ReleaseAsync(EmbeddingModelId.Create("gems", "9.0.0", "0123456789abcdef"), "no", Stop));
        Assert.Empty(await ReleasedAsync());
    }

    [Fact]
    public async Task Promotion_ReleasesWhatItPushesOut_UnlessThatIsStillTheCandidate()
    {
        await _registry.PromoteAsync(_b, "better", force: true, Stop);
        Assert.Empty(await ReleasedAsync());
        await _registry.PromoteAsync(_c, "better still", force: true, Stop);
        Assert.Equal([_a], await ReleasedAsync());
        // The way back and forth pushes nobody out.
        await _registry.DemoteAsync("back", Stop);
        await _registry.DemoteAsync("forth", Stop);
        Assert.Equal([_a], await ReleasedAsync());
        await _registry.PointAsync(ModelAliases.Candidate, _b, "keep", Stop);
        await _registry.PromoteAsync(_a, "old friend", force: true, Stop);
        Assert.Empty(await ReleasedAsync());
    }

    [Fact]
    public async Task AModelThatIsNamedAgain_IsReleasedNoLonger()
    {
        await _registry.ReleaseAsync(_b, "never wanted", Stop);
        await _registry.PointAsync(ModelAliases.Candidate, _b, "after all", Stop);
        Assert.Empty(await ReleasedAsync());
    }

    [Fact]
    public async Task AModelWithoutAName_IsReleasedAfterItsTime_AndOneThatNeverHadOneIsNot()
    {
        var day = TimeSpan.FromDays(1);
        await _registry.PointAsync(ModelAliases.Candidate, _b, "try", Stop);
        _time.Now += day;
        Assert.Empty(await _registry.ReleaseUnnamedAsync(day, [_a], Stop));
        await _registry.PointAsync(ModelAliases.Candidate, _a, "none", Stop);
        Assert.Equal(_time.Now, (await _registry.ReadAsync(Stop)).UnnamedSince(_b));
        _time.Now += day - TimeSpan.FromSeconds(1);
        Assert.Empty(await _registry.ReleaseUnnamedAsync(day, [_a], Stop));
        _time.Now += TimeSpan.FromSeconds(1);
        Assert.Empty(await _registry.ReleaseUnnamedAsync(day, [_a, _b], Stop));
        Assert.Equal([_b], await _registry.ReleaseUnnamedAsync(day, [_a], Stop));
        Assert.Empty(await _registry.ReleaseUnnamedAsync(day, [_a], Stop));
        Assert.Null((await _registry.ReadAsync(Stop)).UnnamedSince(_c));
    }

    [Fact]
    public async Task AnIndexFromBeforeThereWereReleases_IsRead()
    {
        var index = JsonNode.Parse(await _host.Blobs.TryGetAsync("models/index", Stop))!.AsObject();
        Assert.True(index.Remove("released"));
        await _host.Blobs.PutAsync("models/index", Encoding.UTF8.GetBytes(index.ToJsonString()), Stop);
        Assert.Empty(await ReleasedAsync());
    }

    private async Task<IEnumerable<EmbeddingModelId>> ReleasedAsync() => (await _registry.ReadAsync(Stop)).Released.Select(released => released.Model);

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
