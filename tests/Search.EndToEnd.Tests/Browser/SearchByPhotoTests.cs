using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Search.EndToEnd.Tests.Browser;

[Collection(BrowserSuite.Name)]
public sealed class SearchByPhotoTests(BrowserFixture browser)
{
    private const int LongestSide = 1024;

    [Fact]
    public async Task ChosenPhoto_OfAPieceInTheCatalogue_ShowsThatPieceFirst()
    {
        await using var visitor = await browser.VisitAsync();
        var piece = (await visitor.PiecesAsync())[0];

        await visitor.SearchAsync(await Photo.OfPieceAsync(visitor, piece));

        Assert.Equal(piece, (await visitor.PiecesAsync())[0]);
        await Expect(visitor.Results.First.Locator(".likeness")).ToContainTextAsync("percent alike");
        await Expect(visitor.Page.GetByAltText("Your photo")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Closest");
    }

    [Theory]
    [InlineData("paste", "ClipboardEvent", "clipboardData")]
    [InlineData("drop", "DragEvent", "dataTransfer")]
    public async Task PhotoPastedOrDroppedAnywhere_IsSearched(string gesture, string eventType, string carrier)
    {
        await using var visitor = await browser.VisitAsync();
        var piece = (await visitor.PiecesAsync())[0];
        var photo = await Photo.OfPieceAsync(visitor, piece);

        await visitor.Page.EvaluateAsync(
            """
            ({ gesture, eventType, carrier, bytes, type }) => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], 'photo.jpg', { type }));
              document.querySelector('footer').dispatchEvent(
                new window[eventType](gesture, { [carrier]: transfer, bubbles: true, cancelable: true }));
            }
            """,
            new { gesture, eventType, carrier, bytes = Convert.ToBase64String(photo.Bytes), type = photo.MediaType });

        await visitor.ResultsShownAsync();
        Assert.Equal(piece, (await visitor.PiecesAsync())[0]);
    }

    [Fact]
    public async Task LargePhoto_IsShrunkBeforeItIsSent()
    {
        await using var visitor = await browser.VisitAsync();
        var piece = await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]);
        var large = await piece.EnlargedAsync(visitor, 3000, 4000);
        Assert.True(large.Bytes.Length > 3_000_000, $"The photo must be heavy to prove anything; it has {large.Bytes.Length} bytes.");

        var request = await visitor.Page.RunAndWaitForRequestAsync(
            () => visitor.Page.Locator("#file-input").SetInputFilesAsync(large.Payload),
            sent => sent.Method == "POST" && sent.Url.EndsWith("/v1/search", StringComparison.Ordinal));
        await visitor.ResultsShownAsync();

        var sent = int.Parse((await request.AllHeadersAsync())["content-length"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(sent, 1, 1_000_000);
        var sides = await visitor.Page.GetByAltText("Your photo").EvaluateAsync<int[]>("image => [image.naturalWidth, image.naturalHeight]");
        Assert.Equal([LongestSide * 3 / 4, LongestSide], sides);
    }

    [Fact]
    public async Task CroppedPhoto_SearchesThatPartInItsOwnShape()
    {
        await using var visitor = await browser.VisitAsync();
        var piece = await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]);
        await visitor.SearchAsync(await piece.EnlargedAsync(visitor, 800, 800));

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Crop" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Slider, new() { Name = "right edge" }).PressAsync("Shift+ArrowLeft");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Search this part" }).ClickAsync();

        await Expect(visitor.Page.GetByText("A part of your photo")).ToBeVisibleAsync();
        await visitor.ResultsShownAsync();
        var sides = await visitor.Page.GetByAltText("Your photo").EvaluateAsync<int[]>("image => [image.naturalWidth, image.naturalHeight]");
        // The frame starts at 12-88 % both ways; one large step takes 10 % off the right.
        Assert.Equal([528, 608], sides);
    }

    [Fact]
    public async Task TextFile_IsRefusedInWordsAndTheNextPhotoWorks()
    {
        await using var visitor = await browser.VisitAsync();
        var piece = (await visitor.PiecesAsync())[0];

        await visitor.Page.Locator("#file-input").SetInputFilesAsync(Photo.NotAnImage.Payload);

        var alert = visitor.Page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToBeVisibleAsync();
        Assert.NotEmpty((await alert.InnerTextAsync()).Trim());
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Choose another photo" })).ToBeVisibleAsync();
        await visitor.SearchAsync(await Photo.OfPieceAsync(visitor, piece));
        Assert.Equal(piece, (await visitor.PiecesAsync())[0]);
    }

    [Fact]
    public async Task ConnectionLost_IsSaidAndTryingAgainHelps()
    {
        await using var visitor = await browser.VisitAsync();
        var photo = await Photo.OfPieceAsync(visitor, (await visitor.PiecesAsync())[0]);

        await visitor.Page.Context.SetOfflineAsync(true);
        await visitor.Page.Locator("#file-input").SetInputFilesAsync(photo.Payload);
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot be reached");
        await visitor.Page.Context.SetOfflineAsync(false);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await visitor.ResultsShownAsync();
    }
}
