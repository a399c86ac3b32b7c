using System.Security.Cryptography;

namespace Search.MetricLearning.Data;

/// <summary>A folder whose sub-folders are categories and whose files are photos.</summary>
public static class PhotoFolder
{
    private static readonly string[] s_extensions = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"];

    /// <summary>
    /// All photos in an order that depends on names alone, so that the same folder gives the same run. Whether a file
    /// really is an image shows when it is decoded; other names (a README) are passed over.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException"><paramref name="root"/> is not a folder.</exception>
    public static IReadOnlyList<LabelledPhoto> Read(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        if (!Directory.Exists(root))
            throw new DirectoryNotFoundException($"There is no folder '{root}'.");
        return [.. Directory.GetDirectories(root)
            .Order(StringComparer.Ordinal)
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => s_extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(file => Label(file, Path.GetFileName(folder))))];
    }

    /// <summary>One file as a photo of a category.</summary>
    public static LabelledPhoto Label(string file, string category) => new(file, category, Hash(file));

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
