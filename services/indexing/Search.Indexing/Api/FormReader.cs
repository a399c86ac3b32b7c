using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Search.Contracts;

namespace Search.Indexing.Api;

/// <summary>
/// Reads a multipart body part by part as it arrives. The framework's own form would first write every picture to a temporary file.
/// </summary>
internal static class FormReader
{
    private const int MaxBoundaryLength = 100;

    internal static bool IsForm(HttpRequest request) => Boundary(request) is not null;

    /// <summary>The parts in order; each must be read before the next is asked for.</summary>
    /// <exception cref="ServiceProblemException">415: not a form. 400: a broken one.</exception>
    internal static async IAsyncEnumerable<FormPart> PartsAsync(
        HttpRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var boundary = Boundary(request)
            ?? throw new ServiceProblemException(new ServiceProblem(415, "form-expected", "Not a form", "Send the request as multipart/form-data."));
        var reader = new MultipartReader(boundary, request.Body);
        while (await NextAsync(reader, cancellation) is { } section)
        {
            var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
                : "";
            yield return new FormPart(name, section.Body);
        }
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellation);
        }
        catch (Exception e) when (e is IOException and not BadHttpRequestException)
        {
            throw FormPart.Broken(e);
        }
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundaryLength } boundary
            ? boundary.ToString()
            : null;
}
