namespace Search.Hosting.Files;

/// <summary>
/// A folder below which callers may name paths. A path is taken literally, never decoded, and every link on it is followed by hand, so that nothing outside can be reached. Whoever may change
/// links inside the folder while it is read is trusted as its owner is. Safe for concurrent use.
/// </summary>
public sealed class ConfinedFolder
{
    private const int MaxPathLength = 1024;
    private const int MaxLinks = 16;

    private readonly string _root;

    /// <param name="path">The folder; it need not exist yet.</param>
    public ConfinedFolder(string path)
    {
        var full = Path.GetFullPath(path);
        _root = Path.TrimEndingDirectorySeparator(RealPath(Path.GetPathRoot(full)!, full) ?? full);
    }

    /// <param name="path">Relative, with / between folders and no dots for them.</param>
    /// <param name="real">The path without links on it; null when it leads nowhere. Whether anything is there is for the caller to see.</param>
    /// <returns>False: the path has another form, or leads out of the folder.</returns>
    public bool TryResolve(string path, out string? real)
    {
        ArgumentNullException.ThrowIfNull(path);
        real = null;
        if (path.Length is 0 or > MaxPathLength || path.Any(char.IsControl) || Path.IsPathRooted(path) || path.Contains('\\') || path.Contains(':'))
            return false;
        if (path.Split('/').Any(segment => segment is ".." or "." or ""))
            return false;
        var resolved = RealPath(_root, Path.Combine(_root, path));
        if (resolved is not null && !resolved.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return false;
        real = resolved;
        return true;
    }

    /// <summary>The path without links on it; null when it leads nowhere.</summary>
    /// <param name="start">Where the path begins, without links already.</param>
    private static string? RealPath(string start, string path)
    {
        var links = 0;
        var real = start;
        var rest = new Stack<string>(path[start.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out var segment))
        {
            if (segment == ".")
                continue;
            if (segment == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            var next = Path.Combine(real, segment);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MaxLinks)
                return null;
            if (Path.IsPathRooted(target))
                real = Path.GetPathRoot(target)!;
            foreach (var part in target.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                rest.Push(part);
        }
        return real;
    }
}
