using System.Diagnostics;
using Search.Testing;

namespace Search.Ann.Indexes.Tests.Packages;

/// <summary>Both packages, made once from the build that these tests run on, in a folder that serves as the only package source.</summary>
public sealed class PackedLibraries : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackedLibraries()
    {
        // Whatever the tests were built in, the libraries were built in, too.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        foreach (var project in Projects)
            Run(Repository.Root, "pack", System.IO.Path.Combine(Repository.Root, project), "--no-build", "-c", configuration, "-o", Source, "--nologo", "-v", "quiet");
    }

    public static string[] Projects { get; } = ["libs/Search.Vectors", "services/ann/Search.Ann.Indexes"];

    public string Source => _folder["packages"];

    public string Path(string file) => _folder[file];

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs dotnet and returns what it printed; fails with that where it fails or takes longer than a minute and a half.</summary>
    public static string Run(string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // No build server is left behind.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(90)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} takes longer than a minute and a half.");
        }
        var printed = output.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} failed:\n{printed}{errors.GetAwaiter().GetResult()}");
        return printed;
    }
}
