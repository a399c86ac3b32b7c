using System.Diagnostics;
using Microsoft.Extensions.Options;
using Search.Contracts;

namespace Search.TrainingJobs.Running;

/// <summary>Where the trainer is, and how it is started.</summary>
internal sealed class TrainerProgram(IOptions<TrainingOptions> options)
{
    private const string Name = "Search.Trainer";

    /// <exception cref="ServiceProblemException">503: it is not there.</exception>
    public ProcessStartInfo Start(params IEnumerable<string> arguments)
    {
        var path = Path();
        var isLibrary = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isLibrary ? Runtime() : path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // What a debugger would connect to is left behind by a process that is killed.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_NOLOGO"] = "1" },
        };
        if (isLibrary)
            start.ArgumentList.Add(path);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <exception cref="ServiceProblemException">503: it is not there.</exception>
    public void Require() => Path();

    private string Path()
    {
        if (options.Value.Program is { Length: > 0 } named)
            return File.Exists(named) ? System.IO.Path.GetFullPath(named) : throw Missing($"Training:Program names '{named}', which does not exist.");
        return Candidates().FirstOrDefault(File.Exists)
            ?? throw Missing($"{Name}.dll is neither beside this program nor built in this repository: dotnet build services/trainer/{Name} -c Release, or set Training:Program to where it is.");
    }

    /// <summary>Beside this program, as in a container; or built in the same repository, in the same configuration if there is one.</summary>
    private static IEnumerable<string> Candidates()
    {
        yield return System.IO.Path.Combine(AppContext.BaseDirectory, Name + ".dll");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = System.IO.Path.Combine(folder.FullName, "services", "trainer", Name, "bin");
            if (!Directory.Exists(built))
                continue;
            var own = AppContext.BaseDirectory.Contains($"{System.IO.Path.DirectorySeparatorChar}Debug{System.IO.Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Debug" : "Release";
            foreach (var configuration in new[] { own, "Release", "Debug" }.Distinct())
                yield return System.IO.Path.Combine(built, configuration, "net10.0", Name + ".dll");
        }
    }

    /// <summary>The runtime that runs this service, unless it was started by a program of its own name.</summary>
    private static string Runtime() =>
        Environment.ProcessPath is { } own && System.IO.Path.GetFileNameWithoutExtension(own).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? own : "dotnet";

    private static ServiceProblemException Missing(string detail) =>
        new(new ServiceProblem(StatusCodes.Status503ServiceUnavailable, "trainer-missing", "The trainer is not there", detail));
}
