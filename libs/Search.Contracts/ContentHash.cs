using System.Buffers;
using System.Security.Cryptography;

namespace Search.Contracts;

/// <summary>Names a picture by its bytes: SHA-256 in 64 lower-case hexadecimal digits. Equal bytes, equal name.</summary>
public static class ContentHash
{
    public const int Length = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Convert.ToHexStringLower(digest);
    }

    public static bool IsValid(string? value) =>
        value is { Length: Length } && value.AsSpan().IndexOfAnyExcept(HexDigits) < 0;
}
