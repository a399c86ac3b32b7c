using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Search.EndToEnd.Tests.Browser;

[Collection(BrowserSuite.Name)]
public sealed class NavigationTests(BrowserFixture browser)
{
    [Fact]
    public async Task MoreLikeThis_ThenBack_ReturnsToTheSameResultsWithoutAsking()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.SearchAsync(await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]));
        var found = await visitor.PiecesAsync();

        await visitor.Results.Nth(2).GetByRole(AriaRole.Link, new() { NameRegex = new("^More like this") }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?]item="));
        await visitor.ResultsShownAsync();
        Assert.DoesNotContain(found[2], await visitor.PiecesAsync());

        var asked = 0;
        visitor.Page.Request += (_, request) => asked += request.Url.Contains("/similar", StringComparison.Ordinal) || request.Method == "POST" ? 1 : 0;
        await visitor.Page.GoBackAsync();
        await Expect(visitor.Page.GetByAltText("Your photo")).ToBeVisibleAsync();
        await visitor.ResultsShownAsync();

        Assert.Equal(found, await visitor.PiecesAsync());
        Assert.Equal(0, asked);
        // The reader goes on from the piece they left from.
        await Expect(visitor.Results.Nth(2).Locator("a.onward")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task AddressOfAPiece_OpensItsSearchForWhoeverGetsTheLink()
    {
        await using var sender = await browser.VisitAsync();
        await sender.Cards.First.Locator("a.onward").ClickAsync();
        await sender.ResultsShownAsync();
        var shared = new Uri(sender.Page.Url);

        await using var receiver = await browser.VisitAsync(shared.Query);
        await receiver.ResultsShownAsync();

        Assert.Equal(await sender.PiecesAsync(), await receiver.PiecesAsync());
    }

    [Fact]
    public async Task CategoryChip_NarrowsTheCurrentSearchAndStaysChosen()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.Cards.First.Locator("a.onward").ClickAsync();
        await visitor.ResultsShownAsync();
        var chip = visitor.Page.Locator("[data-chip]:not([data-chip=''])").Last;
        var category = await chip.GetAttributeAsync("data-chip");

        await chip.ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[&]category="));
        await visitor.ResultsShownAsync();

        Assert.Equal([category!], await visitor.CategoriesShownAsync());
        await Expect(visitor.Page.Locator($"[data-chip='{category}']")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(visitor.Page.Locator($"[data-chip='{category}']")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task CategoryChip_NarrowsTheCollectionAndBackWidensIt()
    {
        await using var visitor = await browser.VisitAsync();
        var all = await visitor.PiecesAsync();
        var chip = visitor.Page.Locator("[data-chip]:not([data-chip=''])").Last;
        var category = await chip.GetAttributeAsync("data-chip");

        await chip.ClickAsync();
        await Expect(visitor.Page.Locator($"[data-chip='{category}']")).ToHaveAttributeAsync("aria-pressed", "true");
        await visitor.SettledAsync();
        Assert.Equal([category!], await visitor.CategoriesShownAsync());

        await visitor.Page.GoBackAsync();
        await Expect(visitor.Title).ToHaveTextAsync("The collection");
        Assert.Equal(all, await visitor.PiecesAsync());
    }

    [Fact]
    public async Task ResultCount_IsWhatTheVisitorChose()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.Cards.First.Locator("a.onward").ClickAsync();
        await visitor.ResultsShownAsync();

        await visitor.Page.GetByLabel("Show at most").SelectOptionAsync("12");
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("k=12"));
        await visitor.ResultsShownAsync();

        Assert.Equal(12, (await visitor.PiecesAsync()).Length);
    }

    [Fact]
    public async Task UnknownPiece_SaysSoAndLeadsBackToTheCollection()
    {
        await using var visitor = await browser.VisitAsync("?item=no-such-piece");

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the collection" }).ClickAsync();

        await Expect(visitor.Title).ToHaveTextAsync("The collection");
        await Expect(visitor.Cards.First).ToBeVisibleAsync();
    }
}
