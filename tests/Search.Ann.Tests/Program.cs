using Search.Ann.Tests.Local;
using Xunit.Runner.InProc.SystemConsole;

// The tests; or, where a test started this program once more, the process that it will kill.
return Environment.GetEnvironmentVariable(KilledWriter.FolderVariable) is { } folder
    ? await KilledWriter.RunAsync(folder)
    : await ConsoleRunner.Run(args);
