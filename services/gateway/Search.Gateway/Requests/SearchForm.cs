using System.Buffers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Search.Gateway.Requests;

/// <summary>
/// The multipart form of a search, read once from the connection into memory. The framework's own form reader would write every picture
/// above 64 KiB to a temporary file and hold it there for the length of the request.
/// </summary>
internal sealed class SearchForm
{
    internal const string ImageField = "image";

    /// <summary>Longest text field: a 4,096-dimension vector written with all its digits fits.</summary>
    internal const int MaxTextBytes = 256 * 1024;

    private const int MaxBoundaryLength = 200;
    private const int ReadBufferBytes = 32 * 1024;
    private const int SmallBuffer = 4 * 1024;

    /// <summary>A length that a caller only claims reserves no more than this.</summary>
    private const int LargestFirstBuffer = 1024 * 1024;

    private readonly Dictionary<string, byte[]> _fields = new(StringComparer.Ordinal);

    /// <summary>The bytes of a field, or null when the form has no such field.</summary>
    internal byte[]? this[string name] => _fields.GetValueOrDefault(name);

    /// <param name="request">Its body has not been read.</param>
    /// <param name="known">The fields that this form may have, each at most once.</param>
    /// <param name="maxBytes">What the body may have; found out from its stated length, or while it comes.</param>
    internal static async Task<SearchForm> ReadAsync(HttpRequest request, IReadOnlyList<string> known, long maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes)
            throw RequestProblems.TooLarge(maxBytes);
        var reader = new MultipartReader(BoundaryOf(request), request.Body, ReadBufferBytes);
        var form = new SearchForm();
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                var name = NameOf(section, known);
                var expected = name == ImageField ? (int)Math.Clamp(request.ContentLength ?? 0, SmallBuffer, LargestFirstBuffer) : SmallBuffer;
                if (form._fields.ContainsKey(name))
                    throw RequestProblems.Parameter(name, "is given twice.");
                var limit = name == ImageField ? maxBytes : MaxTextBytes;
                form._fields[name] = await ReadSectionAsync(section.Body, expected, limit, cancellation)
                    ?? throw (name == ImageField ? RequestProblems.TooLarge(maxBytes) : RequestProblems.Parameter(name, $"is longer than {limit} bytes."));
            }
        }
        catch (IOException e) when (e is not BadHttpRequestException && !cancellation.IsCancellationRequested)
        {
            // MultipartReader's word for a body that stops before the closing boundary.
            throw RequestProblems.Invalid("Form can't be read", "The multipart body ends before its closing boundary.");
        }
        return form;
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw RequestProblems.NotMultipart();
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary.Length is > 0 and <= MaxBoundaryLength
            ? boundary.ToString()
            : throw RequestProblems.NotMultipart();
    }

    private static string NameOf(MultipartSection section, IReadOnlyList<string> known)
    {
        if (section.GetContentDispositionHeader() is not { } disposition
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            throw RequestProblems.Invalid("Form can't be read", "A part has no form-data Content-Disposition header.");
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        return known.Contains(name, StringComparer.Ordinal)
            ? name
            : throw RequestProblems.Invalid("Unknown field", $"{RequestProblems.Quote(name)} is not a field of this form; it has {string.Join(", ", known)}.");
    }

    /// <returns>Null when there is more than the limit.</returns>
    private static async Task<byte[]?> ReadSectionAsync(Stream body, int expected, long limit, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(expected);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                var read = await body.ReadAsync(buffer.AsMemory(length), cancellation);
                if (read == 0)
                    return buffer.AsSpan(0, length).ToArray();
                length += read;
                if (length > limit)
                    return null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
