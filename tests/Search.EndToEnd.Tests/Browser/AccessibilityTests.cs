using Microsoft.Playwright;

namespace Search.EndToEnd.Tests.Browser;

/// <summary>The checks of an accessibility scanner that can be told from the document alone, on the page's real states.</summary>
[Collection(BrowserSuite.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryState_HasNamesAlternativesAndContrast(ColorScheme scheme)
    {
        await using var visitor = await browser.VisitAsync("", new()
        {
            ViewportSize = new() { Width = 1280, Height = 900 },
            ColorScheme = scheme,
            // Colours half-way through a transition are nobody's choice.
            ReducedMotion = ReducedMotion.Reduce,
        });
        await AssertAccessibleAsync(visitor, "the collection");

        await visitor.SearchAsync(await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]));
        await visitor.Results.First.Locator("summary").ClickAsync();
        await AssertAccessibleAsync(visitor, "the results");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Crop" }).ClickAsync();
        await AssertAccessibleAsync(visitor, "the crop dialog");
        await visitor.Page.Keyboard.PressAsync("Escape");

        await visitor.Page.Locator("#file-input").SetInputFilesAsync(Photo.NotAnImage.Payload);
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await AssertAccessibleAsync(visitor, "an error");
    }

    [Fact]
    public async Task WholeVisit_GivesTheBrowserNothingToComplainAbout()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.SearchAsync(await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Crop" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Search this part" }).ClickAsync();
        await visitor.ResultsShownAsync();
        await visitor.Results.First.Locator("a.onward").ClickAsync();
        await visitor.ResultsShownAsync();

        Assert.Empty(visitor.Complaints);
    }

    private static async Task AssertAccessibleAsync(Visitor visitor, string state)
    {
        var faults = await visitor.Page.EvaluateAsync<string[]>(AccessibilityScan.Script);
        Assert.True(faults.Length == 0, $"In {state}:\n{string.Join('\n', faults)}");
    }
}
