using Search.Contracts;
using Search.Contracts.Messages;
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
        Assert.Equal([(first, true, false, "previous"), (second, true, true, "candidate production")], States(await AskAsync(service, new PromoteModel { Model = second, Reason = "better" })));
        Assert.Equal([(first, true, true, "production"), (second, true, false, "candidate previous")], States(await AskAsync(service, new RollBackModel { Reason = "worse" })));
        Assert.Equal([(first, true, false, "previous"), (second, true, true, "candidate production")], States(await AskAsync(service, new RollBackModel { Reason = "better after all" })));
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

    private static List<(EmbeddingModelId Model, bool Served, bool Active, string Aliases)> States(ModelList list) =>
        [.. list.Models.Select(model => (model.Model, model.Served, model.Active, string.Join(' ', model.Aliases)))];
}
