using System.Security.Cryptography;
using System.Text;

namespace Search.Cli.Importing;

/// <summary>
/// A folder of pictures whose sub-folders are categories. Each picture becomes an item with a category (its folder), the attribute <c>path</c>
/// (relative to the folder, with forward slashes) and an id made from that path, so that importing again finds the same items.
/// </summary>
internal static class CatalogueFolder
{
    /// <summary>Category of pictures that lie in the folder itself.</summary>
    internal const string NoCategory = "uncategorised";

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif", ".bmp",
    };

    /// <returns>In ordinal order of the path.</returns>
    internal static IReadOnlyList<ImportItem> Read(string folder)
    {
        var root = Path.GetFullPath(folder);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        return
        [
            .. Directory.EnumerateFiles(root, "*", options)
                .Where(file => Extensions.Contains(Path.GetExtension(file)))
                .Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal)
                .Select(Item),
        ];
    }

    private static ImportItem Item(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return new ImportItem(
            IdOf(path), Path.GetFileNameWithoutExtension(path).Replace('_', ' ').Trim(), slash < 0 ? NoCategory : path[..slash],
            new Dictionary<string, object> { ["path"] = path }, path);
    }

    /// <summary>Readable start, unmistakable end: paths that look alike once reduced to id characters still differ in the hash.</summary>
    internal static string IdOf(string path)
    {
        var slug = new StringBuilder(path.Length);
        foreach (var c in Path.ChangeExtension(path, null)!.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
        var start = slug.ToString().Trim('-');
        return start.Length == 0 ? hash : $"{start[..Math.Min(start.Length, 100)].Trim('-')}-{hash}";
    }
}
