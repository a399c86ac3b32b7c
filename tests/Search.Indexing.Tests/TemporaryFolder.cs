namespace Search.Indexing.Tests;

/// <summary>Folders for one test run; removed when the process ends.</summary>
internal static class TemporaryFolder
{
    private static readonly string Root = Directory.CreateTempSubdirectory("search-indexing-tests-").FullName;

    static TemporaryFolder() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Root, recursive: true);

    internal static string Create() => Directory.CreateDirectory(Path.Combine(Root, Guid.NewGuid().ToString("n"))).FullName;
}
