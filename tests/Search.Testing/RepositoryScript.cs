using System.Diagnostics;

namespace Search.Testing;

/// <summary>The repository's scripts that start and stop servers.</summary>
internal static class RepositoryScript
{
    /// <exception cref="InvalidOperationException">It failed, or took longer than five minutes.</exception>
    public static void Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "scripts", script), arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)) || process.ExitCode != 0)
            throw new InvalidOperationException($"{script} {arguments[0]} failed: {(process.HasExited ? process.StandardError.ReadToEnd() : "timed out")}");
    }
}
