using Search.Contracts;

namespace Search.Indexing.Api;

/// <summary>One part of a form.</summary>
internal sealed class FormPart(string name, Stream body)
{
    internal string Name { get; } = name;

    /// <returns>The part's bytes, or null when it has more than the limit.</returns>
    internal async Task<ReadOnlyMemory<byte>?> ReadAsync(int maxBytes, CancellationToken cancellation)
    {
        try
        {
            return await BoundedReader.ReadAsync(body, maxBytes, cancellation);
        }
        catch (Exception e) when (e is IOException and not BadHttpRequestException)
        {
            throw Broken(e);
        }
    }

    internal static ServiceProblemException Broken(Exception e) => new(ServiceProblem.InvalidRequest("Form can't be read", e.Message));
}
