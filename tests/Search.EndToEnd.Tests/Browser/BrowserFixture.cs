using Microsoft.Playwright;
using Search.EndToEnd.Tests.Fixtures;

namespace Search.EndToEnd.Tests.Browser;

/// <summary>One browser and one service for all tests of the page; each test has a context of its own, as a new visitor would.</summary>
public sealed class BrowserFixture(DemoStandalone demo) : IAsyncLifetime
{
    /// <summary>Set by whoever has a service running already, such as a developer who works on the page.</summary>
    private const string AddressVariable = "SEARCH_TEST_URL";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Uri? _address;
    private string? _unavailable;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumBrowser.FindPath() is not { } path)
        {
            _unavailable = ChromiumBrowser.Missing;
            return;
        }

        try
        {
            // Generous: a build machine that is busy is no reason to fail, and nothing waits longer than it must.
            Assertions.SetDefaultExpectTimeout(20_000);
            _playwright = await Playwright.CreateAsync();
            _browser = await ChromiumBrowser.LaunchAsync(_playwright, path);
        }
        catch (PlaywrightException problem)
        {
            // The driver brings its own Node.js, which an older or stranger system may not be able to run.
            _unavailable = $"Playwright cannot start here (PLAYWRIGHT_NODEJS_PATH may name another Node.js): {problem.Message}";
        }
    }

    /// <summary>Opens the page as a new visitor. Skips the test where there is no browser.</summary>
    public async Task<Visitor> VisitAsync(string path = "", BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_unavailable is not null, _unavailable ?? "");
        _address ??= Uri.TryCreate(Environment.GetEnvironmentVariable(AddressVariable), UriKind.Absolute, out var chosen) ? chosen : (await demo.GetAsync()).Address;
        options ??= new() { ViewportSize = new() { Width = 1280, Height = 900 } };
        options.BaseURL = _address.AbsoluteUri;
        options.Locale = "en";
        var visitor = new Visitor(await _browser!.NewContextAsync(options));
        await visitor.OpenAsync(path);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserSuite : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
