using Microsoft.Playwright;
using Search.EndToEnd.Tests.Fixtures;

namespace Search.EndToEnd.Tests.Browser;

/// <summary>Draws the pictures of the page that the documentation shows, so that they can be renewed with one command.</summary>
[Collection(BrowserSuite.Name)]
public sealed class Screenshots(BrowserFixture browser)
{
    /// <summary>The folder to write to.</summary>
    private const string FolderVariable = "SEARCH_SCREENSHOTS";

    [Theory]
    [InlineData("page", 1280, 960, ColorScheme.Light)]
    [InlineData("page-dark", 1280, 960, ColorScheme.Dark)]
    [InlineData("page-phone", 390, 844, ColorScheme.Light)]
    public async Task Page_WithResults_IsDrawn(string name, int width, int height, ColorScheme scheme)
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"Set {FolderVariable} to a folder to draw the page's pictures.");
        await using var visitor = await browser.VisitAsync("", new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            DeviceScaleFactor = 2,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await DrawAsync(visitor, folder!, $"{name}-collection");

        // A view that the catalogue does not have.
        var view = DemoCatalogue.Queries.First(q => q.ItemId == "demo-ring-002").Path;
        await visitor.SearchAsync(new Photo("ring.jpg", "image/jpeg", await File.ReadAllBytesAsync(view, TestContext.Current.CancellationToken)));
        await DrawAsync(visitor, folder!, $"{name}-results");
    }

    private static async Task DrawAsync(Visitor visitor, string folder, string name)
    {
        await visitor.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('img.waiting')].every(image => image.getBoundingClientRect().top > innerHeight)");
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }
}
