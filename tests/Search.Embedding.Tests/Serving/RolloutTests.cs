using Search.Contracts;
using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Hosting.Messaging;
using Search.Registry;
using Search.Testing;
using Search.Testing.Onnx;

namespace Search.Embedding.Tests;

/// <summary>The way of a model as operators ask for it.</summary>
public sealed class RolloutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FromCandidateToProductionAndBack_EachCallSaysWhatServesThen()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var (first, second) = (service.Model.Id, await service.PublishSecondAsync(_folder));
        Assert.Equal([(first, true, true, "production"), (second, false, false, "")], States(await AskAsync(service, new GetModels())));
        Assert.Equal([(first, true, true, "production"), (second, true, false, "candidate")], States(await AskAsync(service, new NameCandidate { Model = second, Reason = "try" })));
        Assert.Equal([(first, true, false, "previous"), (second, true, true, "candidate production")], States(await AskAsync(service, new PromoteModel { Model = second, Reason = "better", Force = true })));
        Assert.Equal([(first, true, true, "production"), (second, true, false, "candidate previous")], States(await AskAsync(service, new RollBackModel { Reason = "worse" })));
        Assert.Equal([(first, true, false, "previous"), (second, true, true, "candidate production")], States(await AskAsync(service, new RollBackModel { Reason = "better after all" })));
    }

    [Fact]
    public async Task Promotion_AsksForAVerdictBesideWhatServes_AndSaysWhyOneStandsAgainstIt()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var (first, second) = (service.Model.Id, await service.PublishSecondAsync(_folder));
        await AskAsync(service, new NameCandidate { Model = second, Reason = "try" });
        var promote = new PromoteModel { Model = second, Reason = "better" };

        Assert.Contains("was not judged beside", (await RefusedAsync(service, promote)).Detail, StringComparison.Ordinal);
        await RecordAsync(service, Verdict(second, first, VerdictOutcome.Undecided, "category mAP is not judged: 3 queries."));
        Assert.Contains("not judged: 3 queries. Let more items in", (await RefusedAsync(service, promote)).Detail, StringComparison.Ordinal);
        await RecordAsync(service, Verdict(second, first, VerdictOutcome.Failed, "category mAP of rings is 0.1."));
        var refusal = await RefusedAsync(service, promote);
        Assert.Equal((409, "not-admitted"), (refusal.Status, refusal.Type));
        Assert.Contains("category mAP of rings is 0.1. Send force with a reason", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(first, service.Get<ServedModels>().Ids.Active);

        var verdicts = await RecordAsync(service, Verdict(second, first, VerdictOutcome.Passed, ""));
        Assert.Equal([VerdictOutcome.Passed, VerdictOutcome.Failed, VerdictOutcome.Undecided], verdicts.Verdicts.Select(verdict => verdict.Outcome));
        Assert.True(States(await AskAsync(service, promote))[1].Active);
    }

    [Fact]
    public async Task Promotion_ByForce_NeedsAReason_WhichTheHistoryKeeps()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await AskAsync(service, new NameCandidate { Model = second, Reason = "try" });
        Assert.Equal(400, (await RefusedAsync(service, new PromoteModel { Model = second, Reason = " ", Force = true })).Status);
        Assert.True(States(await AskAsync(service, new PromoteModel { Model = second, Reason = "the shop opens", Force = true }))[1].Active);
        Assert.Equal("by force: the shop opens", (await service.Get<ModelRegistry>().ReadAsync(Stop)).Current(ModelAliases.Production)!.Reason);
    }

    [Fact]
    public async Task Release_OfPrevious_UnloadsIt_AndForgetsItsVectors_WhenItsLastUserIsDone()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var (first, second) = (service.Model.Id, await service.PublishSecondAsync(_folder));
        await AskAsync(service, new NameCandidate { Model = second, Reason = "try" });
        await service.AcceptAsync("ring", Photos.Jpeg(1));
        await service.NextEmbeddedAsync();
        await service.NextEmbeddedAsync();
        await AskAsync(service, new PromoteModel { Model = second, Reason = "better", Force = true });
        var hash = ContentHash.Of(Photos.Jpeg(1));
        Assert.NotNull(Stored(service, hash, first));

        using (service.Get<ServedModels>().TryUseOther(first)!.Value)
        {
            Assert.Equal((first, false, false, true), Released(await AskAsync(service, new ReleaseModel { Model = null, Reason = "settled" }))[0]);
            Assert.Equal([], service.Get<ServedModels>().Ids.Others);
            Assert.NotNull(Stored(service, hash, first));
        }
        await Wait.UntilAsync(() => Stored(service, hash, first) is null);
        Assert.NotNull(Stored(service, hash, second));

        // Again, and by its name, nothing changes; and there is nothing to go back to.
        Assert.Equal((first, false, false, true), Released(await AskAsync(service, new ReleaseModel { Model = null, Reason = "again" }))[0]);
        Assert.Equal((first, false, false, true), Released(await AskAsync(service, new ReleaseModel { Model = first, Reason = "again" }))[0]);
        Assert.Equal(409, (await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(service, new RollBackModel { Reason = "" }))).Problem.Status);
        Assert.Equal(409, (await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(service, new ReleaseModel { Model = second, Reason = "" }))).Problem.Status);
        // Named again, it makes its vectors anew.
        Assert.Equal((first, true, false, false), Released(await AskAsync(service, new NameCandidate { Model = first, Reason = "after all" }))[0]);
        await service.AcceptAsync("ring", Photos.Jpeg(1), only: first);
        Assert.Equal(first, (await service.NextEmbeddedAsync()).Model);
        Assert.NotNull(Stored(service, hash, first));
    }

    [Fact]
    public async Task AReleaseThatAProcessDidNotFinish_IsFinishedByTheNext()
    {
        EmbeddingModelId second;
        var hash = ContentHash.Of(Photos.Jpeg(1));
        await using (var service = await EmbeddingService.StartAsync(_folder))
        {
            second = await service.PublishSecondAsync(_folder);
            await AskAsync(service, new NameCandidate { Model = second, Reason = "try" });
            await service.AcceptAsync("ring", Photos.Jpeg(1));
            await service.NextEmbeddedAsync();
            await service.NextEmbeddedAsync();
            Assert.NotNull(Stored(service, hash, second));
            // Somebody who writes into the registry and says nothing.
            await service.Get<ModelRegistry>().ReleaseAsync(second, "no", Stop);
        }
        await using var again = await EmbeddingService.StartAsync(_folder);
        await Wait.UntilAsync(() => Stored(again, hash, second) is null);
        Assert.NotNull(Stored(again, hash, again.Model.Id));
        Assert.Empty(again.Get<ServedModels>().Ids.Others);
    }

    [Fact]
    public async Task ACandidateThatAnotherFollowed_IsReleasedAfterAWhile()
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:KeepUnnamed=00:00:00", "--Embedding:AliasInterval=00:00:01");
        var second = await service.PublishSecondAsync(_folder);
        await AskAsync(service, new NameCandidate { Model = second, Reason = "try" });
        await AskAsync(service, new NameCandidate { Model = null, Reason = "no" });
        await Wait.UntilAsync(async () => Released(await AskAsync(service, new GetModels()))[1].Released);
    }

    [Fact]
    public async Task AVerdictAboutAModelThatIsNotPublished_IsRefused()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var verdict = Verdict(new("tiny@9.0.0+0123456789abcdef"), service.Model.Id, VerdictOutcome.Passed, "");
        Assert.Equal(409, (await Assert.ThrowsAsync<ServiceProblemException>(() => RecordAsync(service, verdict))).Problem.Status);
    }

    [Fact]
    public async Task Candidate_IsReleasedByNamingNone()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await AskAsync(service, new NameCandidate { Model = second, Reason = "try" });
        Assert.False(States(await AskAsync(service, new NameCandidate { Model = null, Reason = "no" }))[1].Served);
    }

    [Fact]
    public async Task Candidate_ThatCanNotBeServed_IsRefusedAndTheCandidateStaysAsItWas()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await AskAsync(service, new NameCandidate { Model = second, Reason = "try" });
        TinyModel.Publish(_folder["bad"], card => card with { Version = "3.0.0" }, TinyOnnx.Create(unit: false));
        var bad = await service.Get<ModelRegistry>().PublishAsync(_folder[$"bad/{TinyModel.Name}"], Stop);
        var error = await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(service, new NameCandidate { Model = bad.Id, Reason = "try" }));
        Assert.Equal(409, error.Problem.Status);
        Assert.Equal(second, (await service.Get<ModelRegistry>().ReadAsync(Stop)).Current(ModelAliases.Candidate)!.Model);
        Assert.Equal([second], service.Get<ServedModels>().Ids.Others);
    }

    [Fact]
    public async Task TwoCandidatesAtOnce_OneOfWhichCantBeServed_LeaveTheOther()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        TinyModel.Publish(_folder["bad"], card => card with { Version = "3.0.0" }, TinyOnnx.Create(unit: false));
        var bad = await service.Get<ModelRegistry>().PublishAsync(_folder[$"bad/{TinyModel.Name}"], Stop);
        for (var turn = 0; turn < 5; turn++)
        {
            await AskAsync(service, new NameCandidate { Model = null, Reason = "anew" });
            var refused = Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(service, new NameCandidate { Model = bad.Id, Reason = "try" }));
            await Task.WhenAll(refused, AskAsync(service, new NameCandidate { Model = second, Reason = "try" }));
            Assert.Equal(second, (await service.Get<ModelRegistry>().ReadAsync(Stop)).Current(ModelAliases.Candidate)!.Model);
        }
    }

    [Fact]
    public async Task WhatIsNotServed_IsNeitherPromotedNorRolledBackTo()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        Assert.Equal(409, (await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(service, new PromoteModel { Model = second, Reason = "" }))).Problem.Status);
        Assert.Equal(409, (await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(service, new RollBackModel { Reason = "" }))).Problem.Status);
        Assert.Equal(409, (await Assert.ThrowsAsync<ServiceProblemException>(
            () => AskAsync(service, new NameCandidate { Model = new("tiny@9.0.0+0123456789abcdef"), Reason = "" }))).Problem.Status);
        Assert.Equal(service.Model.Id, service.Get<ServedModels>().Ids.Active);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<ModelList> AskAsync<TRequest>(EmbeddingService service, TRequest request) where TRequest : class =>
        service.Get<IQueryBus>().AskAsync<TRequest, ModelList>(request, TimeSpan.FromSeconds(30), Stop);

    private static Task<VerdictList> RecordAsync(EmbeddingService service, ModelVerdict verdict) =>
        service.Get<IQueryBus>().AskAsync<RecordVerdict, VerdictList>(new RecordVerdict { Verdict = verdict }, TimeSpan.FromSeconds(30), Stop);

    private static async Task<ServiceProblem> RefusedAsync(EmbeddingService service, PromoteModel request) =>
        (await Assert.ThrowsAsync<ServiceProblemException>(() => AskAsync(service, request))).Problem;

    private static ModelVerdict Verdict(EmbeddingModelId candidate, EmbeddingModelId production, VerdictOutcome outcome, string reason) => new()
    {
        Candidate = candidate, Production = production, Source = VerdictSource.Catalogue, JudgedAt = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), DataHash = new string('0', 64), Items = 3, Pictures = 4,
        Outcome = outcome, Admits = outcome == VerdictOutcome.Passed, Reasons = [reason], Figures = [],
    };

    private static StoredEmbedding? Stored(EmbeddingService service, string hash, EmbeddingModelId model) => service.Get<EmbeddingStore>().TryGet(hash, model, 16);

    private static List<(EmbeddingModelId Model, bool Served, bool Active, bool Released)> Released(ModelList list) =>
        [.. list.Models.Select(model => (model.Model, model.Served, model.Active, model.Released))];

    private static List<(EmbeddingModelId Model, bool Served, bool Active, string Aliases)> States(ModelList list) =>
        [.. list.Models.Select(model => (model.Model, model.Served, model.Active, string.Join(' ', model.Aliases)))];
}
