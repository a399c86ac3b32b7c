using System.Diagnostics;
using Search.Testing;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>The released command line, as a user calls it.</summary>
public static class CommandLine
{
    /// <returns>Exit code and everything printed.</returns>
    public static async Task<(int Status, string Output)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(Repository.Root, "tools", "Search.Cli", "bin", "Release", "net10.0", "search.dll");
        Assert.SkipUnless(File.Exists(program), "The command line is not built as users run it: dotnet build tools/Search.Cli -c Release, or ./test.sh.");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await output + await errors);
    }
}
