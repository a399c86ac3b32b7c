using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Indexing.Content;

namespace Search.Indexing.Import;

/// <summary>
/// The one folder that imports may read. A path is taken literally, never decoded, and every link on it is followed by hand, so that
/// nothing outside can be reached. Whoever may change links inside the folder while an import runs is trusted as its owner is.
/// </summary>
internal sealed class ImportRoot
{
    private const int MaxPathLength = 1024;
    private const int MaxLinks = 16;

    private readonly string? _root;
    private readonly int _maxBytes;

    public ImportRoot(IOptions<IndexingOptions> options)
    {
        _maxBytes = options.Value.MaxImageBytes;
        if (string.IsNullOrEmpty(options.Value.ImportRoot))
            return;
        var root = Path.GetFullPath(options.Value.ImportRoot);
        _root = Path.TrimEndingDirectorySeparator(RealPath(Path.GetPathRoot(root)!, root) ?? root);
    }

    /// <exception cref="ServiceProblemException">400: the path leads out of the folder, or to no readable file. 413: the file is too large.</exception>
    internal ReadOnlyMemory<byte> Read(string path)
    {
        var file = new FileInfo(Resolve(path));
        try
        {
            if (!file.Exists)
                throw Problem("No such file", $"There is no file '{path}' under the import root.");
            // A pipe or a device also has no length; opening one might never return.
            if (file.Length == 0)
                throw Problem("Empty file", $"'{path}' is empty.");
            if (file.Length > _maxBytes)
                throw PictureProblems.TooManyBytes(_maxBytes);
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Problem("File can't be read", $"'{path}' could not be read; the service may lack the right, or the file has just gone.");
        }
    }

    private string Resolve(string path)
    {
        if (_root is null)
            throw Problem("No import root", "Pictures can't be named by path here: no import root is configured (Indexing:ImportRoot).");
        if (path.Length is 0 or > MaxPathLength || path.Any(char.IsControl) || Path.IsPathRooted(path) || path.Contains('\\') || path.Contains(':'))
            throw NotBelow(path);
        if (path.Split('/').Any(segment => segment is ".." or "." or ""))
            throw NotBelow(path);
        var real = RealPath(_root, Path.Combine(_root, path));
        if (real is not null && !real.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw NotBelow(path);
        return real ?? throw Problem("No such file", $"There is no file '{Shown(path)}' under the import root.");
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

    private static ServiceProblemException NotBelow(string path) =>
        Problem("Path not allowed", $"'{Shown(path)}' is not a relative path to a file under the import root; use / between folders and no '..'.");

    private static string Shown(string path) => path.Length <= 200 ? path : path[..200] + "…";

    private static ServiceProblemException Problem(string title, string detail) => new(ServiceProblem.InvalidRequest(title, detail));
}
