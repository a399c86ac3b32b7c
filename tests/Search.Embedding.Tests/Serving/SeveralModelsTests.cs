using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Registry;
using Search.Testing;
using Search.Testing.Onnx;

namespace Search.Embedding.Tests;

public sealed class SeveralModelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ModelAliases.Candidate)]
    [InlineData(ModelAliases.Previous)]
    public async Task AcceptedPicture_WithASecondServedModel_IsEmbeddedByBoth(string alias)
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await service.PointAsync(alias, second);
        await service.AcceptAsync("ring", Photos.Jpeg(1));
        ImageEmbedded[] embedded = [await service.NextEmbeddedAsync(), await service.NextEmbeddedAsync()];
        Assert.Equal([service.Model.Id, second], embedded.Select(e => e.Model).OrderBy(id => id.Value, StringComparer.Ordinal));
        Assert.NotEqual(embedded[0].Vector, embedded[1].Vector);
        Assert.Equal(embedded[0].PerceptualHash, embedded[1].PerceptualHash);
    }

    [Fact]
    public async Task AcceptedPicture_WhileAQueryIsUnderWay_IsNotEmbeddedByTheSecondModelYet()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await service.PointAsync(ModelAliases.Candidate, second);
        using var use = service.Get<ServedModels>().TryUseOther(second)!.Value;
        var before = use.Model.PicturesEmbedded;
        using (service.Get<QueriesFirst>().Begin())
        {
            await service.AcceptAsync("ring", Photos.Jpeg(1));
            Assert.Equal(service.Model.Id, (await service.NextEmbeddedAsync()).Model);
            Assert.Equal(before, use.Model.PicturesEmbedded);
        }
        Assert.Equal(second, (await service.NextEmbeddedAsync()).Model);
        Assert.Equal(before + 1, use.Model.PicturesEmbedded);
    }

    [Fact]
    public async Task AcceptedPicture_WantedOfOneModelOnly_IsEmbeddedByThatAlone()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await service.PointAsync(ModelAliases.Candidate, second);
        await service.AcceptAsync("ring", Photos.Jpeg(1), only: second);
        Assert.Equal(second, (await service.NextEmbeddedAsync()).Model);
        Assert.Equal(0, service.Inferences);
    }

    [Fact]
    public async Task AcceptedPicture_WantedOfAModelThatIsNotServed_IsLeftAlone()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await service.AcceptAsync("ring", Photos.Jpeg(1), only: second);
        await service.AcceptAsync("brooch", Photos.Jpeg(2));
        Assert.Equal("brooch", (await service.NextEmbeddedAsync()).ItemId);
    }

    [Fact]
    public async Task AcceptedPicture_ThatCanNotBeRead_FailsUnderEachModelByName()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await service.PointAsync(ModelAliases.Candidate, second);
        await service.AcceptAsync("ring", [1, 2, 3]);
        EmbeddingModelId?[] failed = [(await service.NextFailedAsync()).Model, (await service.NextFailedAsync()).Model];
        Assert.Equal([service.Model.Id, second], failed.OrderBy(id => id!.Value.Value, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Promotion_ByMessage_LetsTheNewModelAnswerAndKeepsTheOldInService()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await service.Get<ModelRegistry>().PromoteAsync(second, "test", force: true, Stop);
        await service.PublishAsync(new ModelAliasesChanged());
        Assert.Equal(second, await service.NextSwitchAsync());
        Assert.Equal(second, (await service.AskAsync(new EmbedImage { Image = Photos.Jpeg(1) })).Model);
        Assert.Equal([service.Model.Id], service.Get<ServedModels>().Ids.Others);
    }

    [Fact]
    public async Task Promotion_WhoseMessageIsLost_IsFoundOutByLooking()
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:AliasInterval=00:00:01");
        var second = await service.PublishSecondAsync(_folder);
        await service.Get<ModelRegistry>().PromoteAsync(second, "test", force: true, Stop);
        Assert.Equal(second, await service.NextSwitchAsync());
    }

    [Fact]
    public async Task Promotion_OfAModelThatGivesNoUnitVectors_LeavesProductionAnswering()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        TinyModel.Publish(_folder["bad"], card => card with { Version = "3.0.0" }, TinyOnnx.Create(unit: false));
        var bad = await service.Get<ModelRegistry>().PublishAsync(_folder[$"bad/{TinyModel.Name}"], Stop);
        await service.PointAsync(ModelAliases.Production, bad.Id);
        Assert.Equal(service.Model.Id, (await service.AskAsync(new EmbedImage { Image = Photos.Jpeg(1) })).Model);
    }

    [Fact]
    public async Task Candidate_WhoseAliasMovesToProduction_IsReleased()
    {
        await using var service = await EmbeddingService.StartAsync(_folder);
        var second = await service.PublishSecondAsync(_folder);
        await service.PointAsync(ModelAliases.Candidate, second);
        using (var use = service.Get<ServedModels>().TryUseOther(second)!.Value)
        {
            await service.PointAsync(ModelAliases.Candidate, service.Model.Id);
            Assert.Null(service.Get<ServedModels>().TryUseOther(second));
            // Whoever began with it finishes with it.
            var input = use.Model.RentInput();
            Fixtures.Fill(input, 1);
            Assert.Equal(16, (await use.Model.RunAsync(input, WorkLane.Catalogue, Stop)).Length);
        }
        Assert.Empty(service.Get<ServedModels>().Ids.Others);
    }

    [Fact]
    public async Task Restart_AfterAPromotion_ServesBothAgain()
    {
        EmbeddingModelId second;
        await using (var service = await EmbeddingService.StartAsync(_folder))
        {
            second = await service.PublishSecondAsync(_folder);
            await service.Get<ModelRegistry>().PromoteAsync(second, "test", force: true, Stop);
        }
        await using var again = await EmbeddingService.StartAsync(_folder);
        await again.Get<ServedModels>().RefreshAsync(Stop);
        var served = await again.Get<IQueryBus>().AskAsync<GetServedModels, ModelsServed>(new GetServedModels(), TimeSpan.FromSeconds(10), Stop);
        Assert.Equal(second, served.Active);
        Assert.Equal("1.0.0", Assert.Single(served.Others).Value.Split('@', '+')[1]);
    }

    [Fact]
    public async Task Queries_WhileTheModelsChangePlaces_AllGetTheVectorOfTheModelThatTheyName()
    {
        await using var service = await EmbeddingService.StartAsync(_folder, "--Embedding:RecentQueries=0");
        var second = await service.PublishSecondAsync(_folder);
        var photo = Photos.Jpeg(1);
        var expected = new Dictionary<EmbeddingModelId, float[]> { [service.Model.Id] = (await service.AskAsync(new EmbedImage { Image = photo })).Vector };
        await service.PointAsync(ModelAliases.Production, second);
        expected[second] = (await service.AskAsync(new EmbedImage { Image = photo })).Vector;

        using var done = new CancellationTokenSource();
        var askers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var answers = new List<ImageEmbedding>();
            while (!done.IsCancellationRequested)
                answers.Add(await service.AskAsync(new EmbedImage { Image = photo }));
            return answers;
        })).ToList();
        // The one that is left goes out of service altogether, so that queries under way keep it alive.
        for (var turn = 0; turn < 30; turn++)
            await service.PointAsync(ModelAliases.Production, turn % 2 == 0 ? service.Model.Id : second);
        await done.CancelAsync();
        var all = (await Task.WhenAll(askers)).SelectMany(answers => answers).ToList();
        Assert.All(all, answer => Assert.Equal(expected[answer.Model], answer.Vector));
        Assert.Equal(2, all.Select(answer => answer.Model).Distinct().Count());
    }

    public void Dispose() => _folder.Dispose();
}
