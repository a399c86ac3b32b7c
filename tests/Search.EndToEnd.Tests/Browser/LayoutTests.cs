using Microsoft.Playwright;

namespace Search.EndToEnd.Tests.Browser;

[Collection(BrowserSuite.Name)]
public sealed class LayoutTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(320, true)]
    [InlineData(360, true)]
    [InlineData(390, true)]
    [InlineData(768, true)]
    [InlineData(1280, false)]
    public async Task EveryView_FitsTheWidthOfTheScreen(int width, bool isPhone)
    {
        await using var visitor = await browser.VisitAsync("", new()
        {
            ViewportSize = new() { Width = width, Height = 740 },
            IsMobile = isPhone,
            HasTouch = isPhone,
        });
        await AssertFitsAsync(visitor, width, "the collection");

        await visitor.SearchAsync(await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]));
        await AssertFitsAsync(visitor, width, "the results");

        await visitor.Results.First.Locator("summary").ClickAsync();
        await AssertFitsAsync(visitor, width, "an explained result");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Crop" }).ClickAsync();
        await AssertFitsAsync(visitor, width, "the crop dialog");
    }

    [Fact]
    public async Task FingerTargets_AreLargeEnoughOnAPhone()
    {
        await using var visitor = await browser.VisitAsync("", new() { ViewportSize = new() { Width = 360, Height = 740 }, IsMobile = true, HasTouch = true });
        await visitor.SearchAsync(await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]));

        // WCAG 2.2, 2.5.8: 24 CSS pixels both ways.
        var small = await visitor.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, summary, select, a.onward, a.back')]
              .filter(element => element.checkVisibility())
              .map(element => [element, element.getBoundingClientRect()])
              .filter(([, box]) => box.width < 24 || box.height < 24)
              .map(([element, box]) => `${element.outerHTML.slice(0, 80)} is ${Math.round(box.width)} × ${Math.round(box.height)}`)
            """);
        Assert.Empty(small);
    }

    private static async Task AssertFitsAsync(Visitor visitor, int width, string what)
    {
        // Not innerWidth: on a phone it grows with the page and would hide what is looked for.
        var wide = await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.True(wide <= width, $"{what} is {wide} px wide on a screen of {width} px.");
    }
}
