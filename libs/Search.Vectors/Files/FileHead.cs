using System.Text;

namespace Search.Vectors.Files;

internal static class FileHead
{
    public const int Length = 8;

    public static byte[] Bytes(string magic)
    {
        var bytes = Encoding.ASCII.GetBytes(magic);
        return bytes.Length == Length ? bytes : throw new ArgumentException($"'{magic}' must have {Length} ASCII characters.", nameof(magic));
    }
}
