namespace Search.MetricLearning.Tests;

/// <summary>Data that lies beside the repository and is not part of it; tests that need it say so and skip.</summary>
internal static class SharedFolder
{
    public static string Require(params ReadOnlySpan<string> path)
    {
        foreach (var root in Roots())
        {
            var full = Path.Combine([root, .. path]);
            if (Path.Exists(full))
                return full;
        }
        Assert.Skip($"shared/{string.Join('/', path)} is not beside the repository (SEARCH_SHARED_DIR names another place).");
        throw new InvalidOperationException("unreachable");
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("SEARCH_SHARED_DIR") is { Length: > 0 } named)
            yield return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Search.sln")) && folder.Parent is { } parent)
                yield return Path.Combine(parent.FullName, "shared");
    }
}
