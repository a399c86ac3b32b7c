namespace Search.Testing;

/// <summary>Where things lie around the tests.</summary>
public static class Repository
{
    /// <summary>The folder of Search.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The folder with real photos and ImageNet weights, which are not part of the repository: <c>SEARCH_SHARED_DIR</c>, or <c>shared</c> beside
    /// the repository. Null when there is none; tests that need it skip and say so.
    /// </summary>
    public static string? Shared { get; } = FindShared();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Search.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside the repository: no Search.sln above them.");
    }

    private static string? FindShared()
    {
        var named = Environment.GetEnvironmentVariable("SEARCH_SHARED_DIR");
        var folder = string.IsNullOrEmpty(named) ? Path.Combine(Root, "..", "shared") : named;
        return Directory.Exists(Path.Combine(folder, "data")) ? Path.GetFullPath(folder) : null;
    }
}
