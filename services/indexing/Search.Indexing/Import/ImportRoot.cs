using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Files;
using Search.Indexing.Content;

namespace Search.Indexing.Import;

/// <summary>The one folder that imports may read.</summary>
internal sealed class ImportRoot
{
    private readonly ConfinedFolder? _root;
    private readonly int _maxBytes;

    public ImportRoot(IOptions<IndexingOptions> options)
    {
        _maxBytes = options.Value.MaxImageBytes;
        if (!string.IsNullOrEmpty(options.Value.ImportRoot))
            _root = new ConfinedFolder(options.Value.ImportRoot);
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
        if (!_root.TryResolve(path, out var real))
            throw NotBelow(path);
        return real ?? throw Problem("No such file", $"There is no file '{Shown(path)}' under the import root.");
    }

    private static ServiceProblemException NotBelow(string path) =>
        Problem("Path not allowed", $"'{Shown(path)}' is not a relative path to a file under the import root; use / between folders and no '..'.");

    private static string Shown(string path) => path.Length <= 200 ? path : path[..200] + "…";

    private static ServiceProblemException Problem(string title, string detail) => new(ServiceProblem.InvalidRequest(title, detail));
}
