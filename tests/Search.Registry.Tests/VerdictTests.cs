using System.Text;
using System.Text.Json.Nodes;
using Search.Contracts;
using Search.Contracts.Verdicts;

namespace Search.Registry.Tests;

public sealed class VerdictTests : IAsyncLifetime
{
    private readonly RegistryHost _host = new([]);
    private EmbeddingModelId _production;
    private EmbeddingModelId _candidate;
    private EmbeddingModelId _third;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ModelRegistry Registry => _host.Registry;

    public async ValueTask InitializeAsync()
    {
        _production = (await Registry.PublishAsync(_host.Model("1.0.0", "a"), Stop)).Id;
        _candidate = (await Registry.PublishAsync(_host.Model("2.0.0", "b"), Stop)).Id;
        _third = (await Registry.PublishAsync(_host.Model("3.0.0", "c"), Stop)).Id;
        // The first production has nothing to be judged beside.
        await Registry.PromoteAsync(_production, "first", force: false, Stop);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Promote_WithoutAVerdict_IsRefused_AndTheAliasesStay()
    {
        var refusal = await Assert.ThrowsAsync<ModelNotAdmittedException>(() => Registry.PromoteAsync(_candidate, "better", force: false, Stop));
        Assert.Null(refusal.Verdict);
        Assert.Equal(_production, (await Registry.ReadAsync(Stop)).Current(ModelAliases.Production)!.Model);
        await Registry.PromoteAsync(_candidate, "must", force: true, Stop);
        Assert.Equal(_candidate, (await Registry.ReadAsync(Stop)).Current(ModelAliases.Production)!.Model);
    }

    [Fact]
    public async Task Promote_WithAPassingVerdictBesideThisProduction_GoesThrough_AndBesideAnotherItDoesNot()
    {
        await Registry.RecordAsync(Verdict(_candidate, _third, VerdictOutcome.Passed), Stop);
        await Registry.RecordAsync(Verdict(_third, _production, VerdictOutcome.Passed), Stop);
        await Assert.ThrowsAsync<ModelNotAdmittedException>(() => Registry.PromoteAsync(_candidate, "better", force: false, Stop));
        await Registry.RecordAsync(Verdict(_candidate, _production, VerdictOutcome.Passed), Stop);
        await Registry.PromoteAsync(_candidate, "better", force: false, Stop);
        // What spoke for the way there says nothing about the way back, and rolling back asks for nothing.
        await Assert.ThrowsAsync<ModelNotAdmittedException>(() => Registry.PromoteAsync(_production, "back", force: false, Stop));
        Assert.Equal(_production, (await Registry.DemoteAsync("worse", Stop)).Model);
    }

    [Theory]
    [InlineData(true, "catalogue passed")]
    [InlineData(false, "catalogue failed")]
    [InlineData(false, "catalogue undecided")]
    [InlineData(true, "catalogue allowed")]
    [InlineData(true, "catalogue failed, catalogue passed")]
    [InlineData(false, "catalogue passed, catalogue failed")]
    [InlineData(true, "photos passed, catalogue undecided")]
    [InlineData(false, "photos passed, catalogue failed")]
    [InlineData(false, "photos failed, catalogue passed")]
    [InlineData(true, "photos failed, catalogue passed, photos passed")]
    public async Task Promote_GoesByTheLastVerdictOfEachSource_OneForItAndNoneAgainst(bool admitted, string history)
    {
        foreach (var (one, number) in history.Split(", ").Select((one, number) => (one, number)))
        {
            var (source, outcome) = (one.StartsWith("photos", StringComparison.Ordinal) ? VerdictSource.Photos : VerdictSource.Catalogue, one.Split(' ')[1]);
            await Registry.RecordAsync(
                Verdict(_candidate, _production, outcome switch { "passed" => VerdictOutcome.Passed, "failed" => VerdictOutcome.Failed, _ => VerdictOutcome.Undecided }, source, number) with
                {
                    Admits = outcome is "passed" or "allowed",
                },
                Stop);
        }
        if (admitted)
            await Registry.PromoteAsync(_candidate, "better", force: false, Stop);
        else
            await Assert.ThrowsAsync<ModelNotAdmittedException>(() => Registry.PromoteAsync(_candidate, "better", force: false, Stop));
    }

    [Fact]
    public async Task Record_KeepsTheWhole_OnceHoweverOften()
    {
        var verdict = Verdict(_candidate, _production, VerdictOutcome.Failed);
        var recorded = await Registry.RecordAsync(verdict, Stop);
        Assert.Equal(recorded, await Registry.RecordAsync(verdict, Stop));
        Assert.Equal(recorded, Assert.Single((await Registry.ReadAsync(Stop)).Verdicts));
        Assert.Equivalent(verdict, await Registry.ReadVerdictAsync(recorded, Stop), strict: true);
    }

    [Fact]
    public async Task Record_OfAModelThatIsNotPublished_IsRefused()
    {
        var unknown = EmbeddingModelId.Create("gems", "9.0.0", "0123456789abcdef");
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.RecordAsync(Verdict(unknown, _production, VerdictOutcome.Passed), Stop));
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.RecordAsync(Verdict(_candidate, unknown, VerdictOutcome.Passed), Stop));
    }

    [Fact]
    public async Task ReadVerdict_ThatWasChangedInTheStore_IsRefused()
    {
        var recorded = await Registry.RecordAsync(Verdict(_candidate, _production, VerdictOutcome.Failed), Stop);
        var key = $"models/verdicts/{recorded.Sha256}";
        var text = Encoding.UTF8.GetString((await _host.Blobs.TryGetAsync(key, Stop))!);
        await _host.Blobs.PutAsync(key, Encoding.UTF8.GetBytes(text.Replace("failed", "passed", StringComparison.Ordinal)), Stop);
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.ReadVerdictAsync(recorded, Stop));
        await _host.Blobs.DeleteAsync(key, Stop);
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.ReadVerdictAsync(recorded, Stop));
    }

    [Fact]
    public async Task AnIndexFromBeforeThereWereVerdicts_IsRead()
    {
        var index = JsonNode.Parse(await _host.Blobs.TryGetAsync("models/index", Stop))!.AsObject();
        Assert.True(index.Remove("verdicts"));
        await _host.Blobs.PutAsync("models/index", Encoding.UTF8.GetBytes(index.ToJsonString()), Stop);
        Assert.Empty((await Registry.ReadAsync(Stop)).Verdicts);
        Assert.Equal(_production, (await Registry.ReadAsync(Stop)).Current(ModelAliases.Production)!.Model);
    }

    private static ModelVerdict Verdict(EmbeddingModelId candidate, EmbeddingModelId production, VerdictOutcome outcome, VerdictSource source = VerdictSource.Catalogue, int minute = 0) => new()
    {
        Candidate = candidate, Production = production, Source = source, JudgedAt = new(2030, 1, 2, 3, minute, 0, TimeSpan.Zero), DataHash = new string('0', 64), Items = 60, Pictures = 120,
        Outcome = outcome, Admits = outcome == VerdictOutcome.Passed, Reasons = ["because"],
        Figures = [new VerdictFigure("category mAP", 60, 0.75, 0.5, 0.25, 0.125, 0.5, [new VerdictCategory("rings", 60, 0.75, 0.5, 0.25, 0.125, 0.5, true, false)])],
    };
}
