using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Search.EndToEnd.Tests.Browser;

[Collection(BrowserSuite.Name)]
public sealed class KeyboardTests(BrowserFixture browser)
{
    private const int MostTabs = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task KeyboardAlone_GoesFromThePageToAPhotoToAPieceLikeIt()
    {
        await using var visitor = await browser.VisitAsync();
        var photo = await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]);

        // Listening from the start: the browser needs a moment before it hands choosers over, and Enter comes at once.
        var opened = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        visitor.Page.FileChooser += (_, chooser) => opened.TrySetResult(chooser);
        await TabToAsync(visitor, "[data-choose]");
        await visitor.Page.Keyboard.PressAsync("Enter");
        var chooser = await opened.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await chooser.SetFilesAsync(photo.Payload);
        await visitor.ResultsShownAsync();
        await Expect(visitor.Title).ToBeFocusedAsync();

        await TabToAsync(visitor, ".why summary");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator(".why[open]")).ToHaveCountAsync(1);

        await TabToAsync(visitor, "a.onward");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?]item="));
        await visitor.ResultsShownAsync();
        await Expect(visitor.Title).ToBeFocusedAsync();
    }

    [Fact]
    public async Task SkipLink_IsTheFirstStopAndLeadsToThePieces()
    {
        await using var visitor = await browser.VisitAsync();

        await visitor.Page.Keyboard.PressAsync("Tab");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the pieces" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("main", await visitor.FocusAsync());
        await visitor.Page.Keyboard.PressAsync("Tab");
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => document.querySelector('#pieces').contains(document.activeElement)"));
    }

    [Fact]
    public async Task CropDialog_MovesAndResizesWithArrowKeysAndGivesTheFocusBack()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.SearchAsync(await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]));
        var left = visitor.Page.GetByRole(AriaRole.Slider, new() { Name = "left edge" });
        var right = visitor.Page.GetByRole(AriaRole.Slider, new() { Name = "right edge" });

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Crop" }).PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(left).ToHaveAttributeAsync("aria-valuenow", "13");
        await Expect(right).ToHaveAttributeAsync("aria-valuenow", "89");

        await left.PressAsync("Shift+ArrowRight");
        await Expect(left).ToHaveAttributeAsync("aria-valuenow", "23");
        await Expect(right).ToHaveAttributeAsync("aria-valuenow", "89");

        // An edge stops short of its opposite, however long the key is held.
        for (var i = 0; i < 12; i++)
            await left.PressAsync("Shift+ArrowRight");
        await Expect(left).ToHaveAttributeAsync("aria-valuenow", "83");

        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Page.Locator("#crop-dialog")).ToBeHiddenAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Crop" })).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(Visitor visitor, string selector)
    {
        for (var i = 0; i < MostTabs; i++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await visitor.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
        }

        Assert.Fail($"'{selector}' is not within {MostTabs} stops of the Tab key.");
    }
}
