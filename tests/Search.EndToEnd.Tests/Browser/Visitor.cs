using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Search.EndToEnd.Tests.Browser;

/// <summary>A person in front of the page: what they can do and what they see, in the page's own words.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    internal Visitor(IBrowserContext context) => _context = context;

    public IPage Page { get; private set; } = null!;

    /// <summary>What the browser complained about: script errors, and anything the content security policy stopped.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public ILocator Cards => Page.Locator("#pieces .card:not(.skeleton)");

    public ILocator Results => Page.Locator("#pieces .card:has(.likeness)");

    public ILocator Title => Page.Locator("#pieces-title");

    internal async Task OpenAsync(string path)
    {
        Page = await _context.NewPageAsync();
        Page.PageError += (_, error) => _complaints.Add(error);
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _complaints.Add(message.Text);
        };
        await Page.GotoAsync(path);
        await SettledAsync();
    }

    /// <summary>Waits until the page shows an answer, whatever it is.</summary>
    public Task SettledAsync() => Expect(Page.Locator("#pieces")).ToHaveAttributeAsync("aria-busy", "false", new() { Timeout = 20_000 });

    public async Task SearchAsync(Photo photo)
    {
        await Page.Locator("#file-input").SetInputFilesAsync(photo.Payload);
        await ResultsShownAsync();
    }

    public async Task ResultsShownAsync()
    {
        await Expect(Title).ToHaveTextAsync("Most similar pieces");
        await SettledAsync();
        await Expect(Results.First).ToBeVisibleAsync();
    }

    /// <summary>The ids of the pieces on the page, in order.</summary>
    public Task<string[]> PiecesAsync() =>
        Cards.EvaluateAllAsync<string[]>("cards => cards.map(card => card.dataset.piece)");

    public Task<string[]> CategoriesShownAsync() =>
        Cards.EvaluateAllAsync<string[]>("cards => [...new Set(cards.map(card => card.dataset.category))]");

    public Task<string> FocusAsync() => Page.EvaluateAsync<string>(
        "() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName");

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
