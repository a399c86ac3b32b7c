using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Rerank.Catalogue;
using Search.Testing;

namespace Search.Rerank.Tests;

public sealed class RerankServiceTests
{
    [Fact]
    public async Task Results_AreBestFirst_AndTiesAreBrokenByItemId()
    {
        await using var service = await RerankFixture.StartAsync();
        service.Catalogue.Put(Make.Item("c"), Make.Item("a"), Make.Item("b"));

        var results = await service.AskAsync(Make.Query(5, ("c/0", 0.5f), ("b/0", 0.9f), ("a/0", 0.5f)));

        Assert.Equal(["b", "a", "c"], results.Results.Select(r => r.Item.Id));
    }

    [Fact]
    public async Task PrivateAndUnpublishedItems_NeverAppear()
    {
        await using var service = await RerankFixture.StartAsync();
        service.Catalogue.Put(
            Make.Item("private") with { Visibility = ItemVisibility.Private }, Make.Item("unpublished") with { Visibility = ItemVisibility.Unpublished }, Make.Item("public"));

        var results = await service.AskAsync(Make.Query(5, ("private/0", 0.9f), ("unpublished/0", 0.8f), ("public/0", 0.1f)));

        Assert.Equal(["public"], results.Results.Select(r => r.Item.Id));
        Assert.Equal(2, results.Dropped["visibility"]);
    }

    [Fact]
    public async Task TheQuerysOwnItem_IsNotItsAnswer()
    {
        await using var service = await RerankFixture.StartAsync();
        service.Catalogue.Put(Make.Item("own", "rings", Make.Image(0, "x"), Make.Image(1, "y")), Make.Item("other"));

        var results = await service.AskAsync(Make.Query(5, ("own/0", 1f), ("own/1", 0.9f), ("other/0", 0.5f)) with { QueryItemId = "own" });

        Assert.Equal(["other"], results.Results.Select(r => r.Item.Id));
    }

    [Fact]
    public async Task Collapse_FoldsOtherPictures_ExactAndNearDuplicates_IntoTheBestAndListsThem()
    {
        await using var service = await RerankFixture.StartAsync();
        service.Catalogue.Put(
            Make.Item("ring", "rings", Make.Image(0, "aa", 0b1111), Make.Image(1, "bb", ulong.MaxValue)),
            Make.Item("same-bytes", "rings", Make.Image(0, "aa", 0b1111)),
            Make.Item("re-encoded", "rings", Make.Image(0, "cc", 0b1110)),
            Make.Item("another", "rings", Make.Image(0, "dd", 0xFF00FF00)));
        var query = Make.Query(9, ("ring/0", 0.90f), ("same-bytes/0", 0.90f), ("re-encoded/0", 0.88f), ("ring/1", 0.7f), ("another/0", 0.6f));

        var collapsed = await service.AskAsync(query);
        var all = await service.AskAsync(query with { Collapse = false });

        Assert.Equal(["ring", "another"], collapsed.Results.Select(r => r.Item.Id));
        Assert.Equal(
            [("ring", 1, "same-item"), ("same-bytes", 0, "exact-duplicate"), ("re-encoded", 0, "near-duplicate")],
            collapsed.Results[0].Duplicates.Select(d => (d.ItemId, d.ImageNumber, d.Reason)));
        Assert.Equal(["ring/0", "same-bytes/0", "re-encoded/0", "ring/1", "another/0"], all.Results.Select(r => $"{r.Item.Id}/{r.ImageNumber}"));
    }

    [Fact]
    public async Task NearDuplicateHashes_WithScoresFarApart_AreNotFolded()
    {
        await using var service = await RerankFixture.StartAsync();
        service.Catalogue.Put(Make.Item("a", "rings", Make.Image(0, "aa", 1)), Make.Item("b", "rings", Make.Image(0, "bb", 1)));

        var results = await service.AskAsync(Make.Query(5, ("a/0", 0.9f), ("b/0", 0.5f)));

        Assert.Equal(2, results.Results.Length);
    }

    [Fact]
    public async Task Explain_NamesTheRulesThatTouchedAResult()
    {
        await using var service = await RerankFixture.StartAsync();
        service.Catalogue.Put(Make.Item("ring", "rings", Make.Image(0, "aa"), Make.Image(1, "bb")));
        var query = Make.Query(5, ("ring/0", 0.9f), ("ring/1", 0.8f)) with { Filter = new SearchFilter { Categories = ["Rings"] } };

        var explained = await service.AskAsync(query with { Explain = true });
        var plain = await service.AskAsync(query);

        Assert.Equal(["visibility", "filter", "same-item"], explained.Results[0].Explain.Select(t => t.Rule));
        Assert.Empty(plain.Results[0].Explain);
    }

    [Fact]
    public async Task AnItemThatTheReadModelHasNotSeenYet_IsFetchedBeforeAnswering()
    {
        await using var service = await RerankFixture.StartAsync("--Rerank:CatchUpSeconds", "3600");
        service.Catalogue.Put(Make.Item("first"));
        _ = await service.AskAsync(Make.Query(1, ("first/0", 1f)));

        service.Catalogue.Put(Make.Item("late"));
        var results = await service.AskAsync(Make.Query(5, ("late/0", 0.9f)));

        Assert.Equal("late", Assert.Single(results.Results).Item.Id);
    }

    [Fact]
    public async Task ARemovedItem_DisappearsWithItsEvent_AndAnOlderChangeDoesNotBringItBack()
    {
        await using var service = await RerankFixture.StartAsync("--Rerank:CatchUpSeconds", "3600");
        var catalogue = service.Services.GetRequiredService<ItemCatalogue>();
        catalogue.Apply(Make.Item("gone") with { Revision = 5 });
        var bus = service.Services.GetRequiredService<IEventBus>();

        await bus.PublishAsync(new ItemRemoved { ItemId = "gone", Revision = 6 }, TestContext.Current.CancellationToken);
        await Wait.UntilAsync(() => catalogue.WasRemoved("gone"));
        catalogue.Apply(Make.Item("gone") with { Revision = 5 });

        Assert.Empty((await service.AskAsync(Make.Query(5, ("gone/0", 0.9f)))).Results);
    }

    [Fact]
    public async Task K_BelowOne_IsAProblemNotACrash()
    {
        await using var service = await RerankFixture.StartAsync();

        var e = await Assert.ThrowsAsync<ServiceProblemException>(() => service.AskAsync(Make.Query(0)));

        Assert.Equal(400, e.Problem.Status);
    }

    [Theory]
    [InlineData("no-such-rule")]
    [InlineData("visibility", "visibility")]
    public async Task AChainThatNamesUnknownOrRepeatedRules_StopsStartUp(params string[] chain)
    {
        var settings = chain.SelectMany((rule, i) => new[] { $"--Rerank:Chain:{i}", rule }).ToArray();

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => RerankFixture.StartAsync(settings));

        Assert.Contains(chain[0], e.Message, StringComparison.Ordinal);
    }
}
