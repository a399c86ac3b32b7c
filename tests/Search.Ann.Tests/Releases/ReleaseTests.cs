using Microsoft.Extensions.DependencyInjection;
using Search.Ann.Collections;
using Search.Ann.Releases;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Releases;

public sealed class ReleaseTests : IDisposable
{
    private const int Dimension = 8;

    private static readonly EmbeddingModelId s_kept = EmbeddingModelId.Create("kept", "1.0.0", "00112233aabbccdd");
    private static readonly EmbeddingModelId s_gone = EmbeddingModelId.Create("gone", "1.0.0", "ddccbbaa33221100");

    private readonly TemporaryFolder _data = new();
    private readonly RandomVectors _random = new(2);

    private string Folder => Path.Combine(_data.Path, "ann", s_gone.Value);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ACollectionOfAReleasedModel_GoesWithItsFiles_AndLateEventsBringNothingBack()
    {
        await using var service = await FilledAsync();
        Assert.True(Directory.Exists(Folder));
        service.Registry.Models[s_gone] = true;
        await service.PublishAsync(new ModelAliasesChanged());
        await Wait.UntilAsync(() => service.Registry.Dropped.Contains(s_gone) && !Directory.Exists(Folder));
        Assert.Equal([s_kept], await ModelsAsync(service));

        await service.PublishAsync(Embedded("late", s_gone));
        // Every event of this one has its own way through; what came before is done when a search finds it.
        await service.PublishAsync(Embedded("after", s_kept));
        await Wait.UntilAsync(() => service.Indexed.Any(indexed => indexed.ItemId == "after"));
        Assert.DoesNotContain(service.Indexed, indexed => indexed.ItemId == "late");
        Assert.False(Directory.Exists(Folder));
        Assert.Empty((await SearchAsync(service, s_gone)).Neighbours);
        Assert.Equal(4, (await SearchAsync(service, s_kept)).Neighbours.Length);
    }

    [Fact]
    public async Task AModelThatIsNamedAgain_GetsItsCollectionAnew()
    {
        await using var service = await FilledAsync();
        service.Registry.Models[s_gone] = true;
        await service.PublishAsync(new ModelAliasesChanged());
        await Wait.UntilAsync(() => service.Registry.Dropped.Contains(s_gone));
        service.Registry.Models[s_gone] = false;
        await service.PublishAsync(new ModelAliasesChanged());
        await Wait.UntilAsync(async () => !await service.Services.GetRequiredService<ReleasedModels>().ContainsAsync(s_gone, TestContext.Current.CancellationToken));
        await service.PublishAsync(Embedded("again", s_gone));
        await Wait.UntilAsync(async () => (await SearchAsync(service, s_gone)).Neighbours.Length == 1);
    }

    [Fact]
    public async Task ADropThatAProcessDidNotFinish_IsFinishedAndToldByTheNext()
    {
        await using (await FilledAsync())
        {
            // Only to have files.
        }
        Directory.Move(Folder, Folder + ".dropped");
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        Assert.Equal([s_kept], await ModelsAsync(service));
        Assert.False(Directory.Exists(Folder + ".dropped"));
        service.Registry.Models[s_gone] = true;
        await service.PublishAsync(new ModelAliasesChanged());
        await Wait.UntilAsync(() => service.Registry.Dropped.Contains(s_gone));
    }

    [Fact]
    public async Task ACollectionOfAModelThatTheRegistryDoesNotKnow_GoesAfterTheTimeOfGrace_AndNotBefore()
    {
        await using (var patient = await FilledAsync())
        {
            patient.Registry.Models.TryRemove(s_gone, out _);
            await patient.Services.GetRequiredService<CollectionSweep>().RunAsync(TestContext.Current.CancellationToken);
            Assert.Equal([s_gone, s_kept], await ModelsAsync(patient));
        }
        await using var service = await AnnServiceFixture.StartAsync(_data.Path, services => services.AddSingleton(new StandInRegistry { Models = { [s_kept] = false } }), "--Ann:KeepUnknown", "00:00:00");
        await Wait.UntilAsync(() => service.Registry.Dropped.Contains(s_gone) && !Directory.Exists(Folder));
        Assert.Equal([s_kept], await ModelsAsync(service));
    }

    [Fact]
    public async Task ADamagedCollection_OfAReleasedModel_GoesToo()
    {
        await using (await FilledAsync())
        {
            // Only to have files.
        }
        foreach (var file in Directory.GetFiles(Folder, "*.snapshot"))
            await File.WriteAllTextAsync(file, "damaged", TestContext.Current.CancellationToken);
        await using var service = await AnnServiceFixture.StartAsync(_data.Path);
        await service.Services.GetRequiredService<CollectionRegistry>().WhenLoaded(TestContext.Current.CancellationToken);
        Assert.Equal([s_gone], service.Services.GetRequiredService<CollectionRegistry>().Damaged.Keys);
        service.Registry.Models[s_gone] = true;
        await service.PublishAsync(new ModelAliasesChanged());
        await Wait.UntilAsync(() => !Directory.Exists(Folder));
        Assert.Empty(service.Services.GetRequiredService<CollectionRegistry>().Damaged);
    }

    [Fact]
    public async Task SearchesAndWritesOfOtherModels_WhileCollectionsComeAndGo_NeverFail()
    {
        await using var service = await FilledAsync();
        for (var turn = 0; turn < 10; turn++)
        {
            var writes = Enumerable.Range(0, 20).SelectMany(i => new[] { Embedded($"{turn}-{i}", s_kept), Embedded($"{turn}-{i}", s_gone) }).Select(service.PublishAsync);
            service.Registry.Models[s_gone] = turn % 2 == 0;
            await Task.WhenAll([.. writes, service.PublishAsync(new ModelAliasesChanged()), SearchAsync(service, s_kept), SearchAsync(service, s_gone)]);
        }
        await Wait.UntilAsync(() => service.Indexed.Count(indexed => indexed.Model == s_kept) == 203);
        service.Registry.Models[s_gone] = true;
        await service.PublishAsync(new ModelAliasesChanged());
        await Wait.UntilAsync(async () => await ModelsAsync(service) is [var only] && only == s_kept);
    }

    /// <summary>Three pictures under both models.</summary>
    private async Task<AnnServiceFixture> FilledAsync()
    {
        var service = await AnnServiceFixture.StartAsync(_data.Path);
        (service.Registry.Models[s_kept], service.Registry.Models[s_gone]) = (false, false);
        await Task.WhenAll(Enumerable.Range(0, 3).SelectMany(i => new[] { s_kept, s_gone }.Select(model => service.PublishAsync(Embedded($"ring-{i}", model)))));
        await Wait.UntilAsync(() => service.Indexed.Count == 6);
        return service;
    }

    private ImageEmbedded Embedded(string item, EmbeddingModelId model)
    {
        lock (_random)
            return new ImageEmbedded { ItemId = item, ImageNumber = 0, Revision = 1, ContentHash = new string('0', 64), PerceptualHash = 0, Model = model, Vector = _random.Unit(Dimension) };
    }

    private Task<NeighboursFound> SearchAsync(AnnServiceFixture service, EmbeddingModelId model)
    {
        lock (_random)
            return service.AskAsync<SearchNeighbours, NeighboursFound>(new SearchNeighbours { Model = model, Vector = _random.Unit(Dimension), K = 10 });
    }

    private static async Task<EmbeddingModelId[]> ModelsAsync(AnnServiceFixture service) =>
        [.. (await service.AskAsync<GetIndexStatus, IndexStatus>(new GetIndexStatus())).Collections.Select(collection => collection.Model)];
}
