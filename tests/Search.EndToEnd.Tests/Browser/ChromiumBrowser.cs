using Microsoft.Playwright;

namespace Search.EndToEnd.Tests.Browser;

/// <summary>The browser that the system has; none is downloaded.</summary>
internal static class ChromiumBrowser
{
    private const string PathVariable = "CHROMIUM_PATH";

    private static readonly string[] UsualPlaces =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    // No GPU and no sandbox: tests run as root in containers. The rest keeps the browser from talking to anyone but the service.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    public static string? FindPath() => Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } chosen
        ? File.Exists(chosen) ? chosen : null
        : UsualPlaces.FirstOrDefault(File.Exists);

    public static string Missing => $"No Chromium found: install it, or set {PathVariable} to its executable.";

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments });
}
