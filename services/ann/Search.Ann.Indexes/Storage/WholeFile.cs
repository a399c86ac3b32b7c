using System.Text;

namespace Search.Ann.Indexes.Storage;

/// <summary>Files that are read from front to back.</summary>
internal static class WholeFile
{
    private const int BufferBytes = 1 << 16;

    public static bool StartsWith(string path, string magic)
    {
        using var stream = Read(path);
        Span<byte> found = stackalloc byte[8];
        return stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.SequenceEqual(Encoding.ASCII.GetBytes(magic));
    }

    /// <exception cref="InvalidDataException">What <paramref name="load"/> refuses, or a file with something behind the index.</exception>
    public static IVectorIndex Load(string path, Func<Stream, IVectorIndex> load)
    {
        using var stream = Read(path);
        var index = load(stream);
        if (stream.Position == stream.Length) return index;
        index.Dispose();
        throw new InvalidDataException($"'{path}' is damaged: there is something behind the index.");
    }

    private static FileStream Read(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
}
