using System.Text;
using Search.Contracts;
using Search.Models;

namespace Search.Registry.Tests;

/// <summary>What the registry promises over every blob store.</summary>
public abstract class ModelRegistryContract : IAsyncLifetime
{
    private RegistryHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ModelRegistry Registry => _host.Registry;

    /// <summary>Of the blob store; everything under a name of the test's own.</summary>
    protected abstract IEnumerable<KeyValuePair<string, string?>> Settings();

    public ValueTask InitializeAsync()
    {
        _host = new RegistryHost([.. Settings()]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null) await _host.DisposeAsync();
    }

    [Fact]
    public async Task Publish_ThenFetch_GivesTheSameFilesUnderTheSameId()
    {
        var folder = _host.Model("1.0.0");
        var published = await Registry.PublishAsync(folder, Cancellation);
        var fetched = await Registry.FetchAsync(published.Id, _host.Cache, Cancellation);

        Assert.Equal(ModelCard.Read(folder).Id, ModelCard.Read(fetched).Id);
        Assert.Equal(["model.json", "model.onnx", "split.json"], Directory.GetFiles(fetched).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(fetched), file => Assert.Equal(File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(file))), File.ReadAllBytes(file)));
        // A second time nothing is brought, and it is the same place.
        Assert.Equal(fetched, await Registry.FetchAsync(published.Id, _host.Cache, Cancellation));
        Assert.Equal([fetched], Directory.GetDirectories(_host.Cache));
    }

    [Fact]
    public async Task Publish_OfTheSameTwice_IsOneVersion_AndOfAnotherUnderItsVersion_IsRefused()
    {
        var first = await Registry.PublishAsync(_host.Model("1.0.0"), Cancellation);
        Assert.Equal(first.Id, (await Registry.PublishAsync(_host.Model("1.0.0"), Cancellation)).Id);

        var refusal = await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.PublishAsync(_host.Model("1.0.0", "other weights"), Cancellation));
        Assert.Contains("never changes", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([first.Id], (await Registry.ReadAsync(Cancellation)).Versions.Select(v => v.Id));
    }

    [Fact]
    public async Task Publish_OfAFileThatIsNotTheCards_IsRefused_AndNothingIsKept()
    {
        var folder = _host.Model("1.0.0");
        File.AppendAllText(Path.Combine(folder, "model.onnx"), "!");
        await Assert.ThrowsAsync<InvalidModelException>(() => Registry.PublishAsync(folder, Cancellation));
        Assert.Empty((await Registry.ReadAsync(Cancellation)).Versions);
    }

    [Fact]
    public async Task Publish_FromManySidesAtOnce_LosesNone()
    {
        var folders = Enumerable.Range(0, 12).Select(i => _host.Model($"1.0.{i}")).ToList();
        await Task.WhenAll(folders.Select(f => Registry.PublishAsync(f, Cancellation)));
        Assert.Equal(folders.Select(f => ModelCard.Read(f).Id.Value).Order(), (await Registry.ReadAsync(Cancellation)).Versions.Select(v => v.Id.Value).Order());
    }

    [Fact]
    public async Task Publish_FromManyProcessesAtOnce_LosesNone()
    {
        var folders = Enumerable.Range(0, 8).Select(i => _host.Model($"1.0.{i}")).ToList();
        await Task.WhenAll(folders.Select(async folder =>
        {
            // A registry of its own, as another process has it: they meet in the blob store alone.
            using var registry = new ModelRegistry(_host.Blobs, TimeProvider.System);
            await registry.PublishAsync(folder, Cancellation);
        }));
        Assert.Equal(folders.Select(f => ModelCard.Read(f).Id.Value).Order(), (await Registry.ReadAsync(Cancellation)).Versions.Select(v => v.Id.Value).Order());
    }

    [Fact]
    public async Task Alias_NamesTheLastModelItWasPointedAt_AndRemembersTheOthers()
    {
        var one = (await Registry.PublishAsync(_host.Model("1.0.0"), Cancellation)).Id;
        var two = (await Registry.PublishAsync(_host.Model("2.0.0"), Cancellation)).Id;
        await Registry.PointAsync(ModelAliases.Production, one, "first", Cancellation);
        await Registry.PointAsync(ModelAliases.Production, two, "better", Cancellation);
        // Pointing at what it names already is no event.
        await Registry.PointAsync(ModelAliases.Production, two, "again", Cancellation);
        Assert.Equal(two, await NowAsync());
        await Registry.PointAsync(ModelAliases.Production, one, "worse after all", Cancellation);
        Assert.Equal(one, await NowAsync());
        Assert.Equal(["first", "better", "worse after all"], (await Registry.ReadAsync(Cancellation)).Aliases[ModelAliases.Production].Select(c => c.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Production")]
    [InlineData("../x")]
    [InlineData("a b")]
    public async Task Alias_OfAnotherForm_IsRefused(string alias)
    {
        var id = (await Registry.PublishAsync(_host.Model("1.0.0"), Cancellation)).Id;
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.PointAsync(alias, id, "", Cancellation));
    }

    [Fact]
    public async Task AModelThatIsNotPublished_CanBeNeitherFetchedNorNamed_AndTheRefusalSaysWhatThereIs()
    {
        var known = (await Registry.PublishAsync(_host.Model("1.0.0"), Cancellation)).Id;
        var unknown = new EmbeddingModelId("gems@9.0.0+0123456789abcdef");
        var fetching = await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.FetchAsync(unknown, _host.Cache, Cancellation));
        Assert.Contains(known.Value, fetching.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.PointAsync(ModelAliases.Candidate, unknown, "", Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_OfAFileThatIsDamagedOrMissing_SaysWhichAndLeavesNoFolder(bool missing)
    {
        var published = await Registry.PublishAsync(_host.Model("1.0.0"), Cancellation);
        var key = $"models/files/{published.Files["model.onnx"]}";
        if (missing)
            await _host.Blobs.DeleteAsync(key, Cancellation);
        else
            await _host.Blobs.PutAsync(key, "wrong"u8.ToArray(), Cancellation);

        var refusal = await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.FetchAsync(published.Id, _host.Cache, Cancellation));
        Assert.Contains("'model.onnx'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_host.Cache));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"format":1,"versions":[{"id":"no id","files":{},"publishedAt":"2026-01-01T00:00:00Z"}],"aliases":{}}""")]
    [InlineData("""{"format":1,"versions":[],"aliases":{"production":[]}}""")]
    [InlineData("""{"format":2,"versions":[],"aliases":{}}""")]
    public async Task Index_ThatIsDamagedOrOfALaterForm_IsRefusedAndStays(string content)
    {
        await _host.Blobs.PutAsync("models/index", Encoding.UTF8.GetBytes(content), Cancellation);
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.ReadAsync(Cancellation));
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.PublishAsync(_host.Model("1.0.0"), Cancellation));
        Assert.Equal(content, Encoding.UTF8.GetString((await _host.Blobs.TryGetAsync("models/index", Cancellation))!));
    }

    [Fact]
    public async Task Promote_ThenDemoteTwice_SwapsProductionAndPreviousEachTime()
    {
        var a = (await Registry.PublishAsync(_host.Model("1.0.0", "a"), Cancellation)).Id;
        var b = (await Registry.PublishAsync(_host.Model("2.0.0", "b"), Cancellation)).Id;
        await Registry.PromoteAsync(a, "first", force: true, Cancellation);
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.DemoteAsync("nothing to go back to", Cancellation));
        await Registry.PromoteAsync(b, "better", force: true, Cancellation);
        Assert.Equal((b, a), await NamedAsync());
        await Registry.DemoteAsync("worse after all", Cancellation);
        Assert.Equal((a, b), await NamedAsync());
        await Registry.DemoteAsync("better after all", Cancellation);
        Assert.Equal((b, a), await NamedAsync());
    }

    [Fact]
    public async Task Promote_OfProductionItself_KeepsPrevious()
    {
        var a = (await Registry.PublishAsync(_host.Model("1.0.0", "a"), Cancellation)).Id;
        var b = (await Registry.PublishAsync(_host.Model("2.0.0", "b"), Cancellation)).Id;
        await Registry.PromoteAsync(a, "first", force: true, Cancellation);
        await Registry.PromoteAsync(b, "better", force: true, Cancellation);
        await Registry.PromoteAsync(b, "again", force: true, Cancellation);
        Assert.Equal((b, a), await NamedAsync());
    }

    private async Task<(EmbeddingModelId? Production, EmbeddingModelId? Previous)> NamedAsync()
    {
        var index = await Registry.ReadAsync(Cancellation);
        return (index.Current(ModelAliases.Production)?.Model, index.Current(ModelAliases.Previous)?.Model);
    }

    [Fact]
    public async Task Fetch_OfAnIndexThatNamesAPath_IsRefused()
    {
        var published = await Registry.PublishAsync(_host.Model("1.0.0"), Cancellation);
        var index = Encoding.UTF8.GetString((await _host.Blobs.TryGetAsync("models/index", Cancellation))!);
        await _host.Blobs.PutAsync("models/index", Encoding.UTF8.GetBytes(index.Replace("\"split.json\"", "\"../split.json\"", StringComparison.Ordinal)), Cancellation);
        await Assert.ThrowsAsync<ModelRegistryException>(() => Registry.FetchAsync(published.Id, _host.Cache, Cancellation));
        Assert.Empty(Directory.GetFileSystemEntries(_host.Cache));
    }

    private async Task<EmbeddingModelId> NowAsync() => (await Registry.ReadAsync(Cancellation)).Current(ModelAliases.Production)!.Model;
}
