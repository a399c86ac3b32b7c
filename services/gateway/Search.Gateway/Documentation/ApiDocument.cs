using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Search.Gateway.Documentation;

/// <summary>
/// Completes the generated document. Descriptions, forms, errors and the item API, which another service answers, are written in <c>api.json</c>; the
/// shapes of the gateway's own answers are generated, so they cannot drift from the code.
/// </summary>
internal sealed class ApiDocument : IOpenApiDocumentTransformer
{
    private const string Resource = "api.json";

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var written = await ReadAsync(cancellationToken);
        document.Info = written.Info;
        document.Tags = written.Tags;
        document.Security = written.Security;
        // Where the caller found it; a fixed address would be wrong behind a proxy.
        document.Servers = [new OpenApiServer { Url = "/" }];
        foreach (var (path, item) in written.Paths)
        {
            if (document.Paths.TryGetValue(path, out var generated))
                KeepAnswers(item, generated);
            document.Paths[path] = item;
        }
        AddComponents(document, written.Components!);
    }

    private static void KeepAnswers(IOpenApiPathItem written, IOpenApiPathItem generated)
    {
        foreach (var (method, operation) in generated.Operations!)
        {
            foreach (var (status, answer) in operation.Responses!)
            {
                if (written.Operations![method].Responses![status] is OpenApiResponse response && answer.Content is not null)
                    response.Content = answer.Content;
            }
        }
    }

    private static void AddComponents(OpenApiDocument document, OpenApiComponents written)
    {
        foreach (var (name, schema) in written.Schemas!)
            document.AddComponent(name, schema);
        foreach (var (name, response) in written.Responses!)
            document.AddComponent(name, response);
        foreach (var (name, parameter) in written.Parameters!)
            document.AddComponent(name, parameter);
        foreach (var (name, header) in written.Headers!)
            document.AddComponent(name, header);
        foreach (var (name, scheme) in written.SecuritySchemes!)
            document.AddComponent(name, scheme);
    }

    /// <summary>Read anew each time: the document owns what it is given.</summary>
    private static async Task<OpenApiDocument> ReadAsync(CancellationToken cancellation)
    {
        await using var stream = typeof(ApiDocument).Assembly.GetManifestResourceStream(typeof(ApiDocument), Resource)!;
        var (document, diagnostic) = await OpenApiDocument.LoadAsync(stream, "json", cancellationToken: cancellation);
        return document is not null && diagnostic?.Errors.Count is null or 0
            ? document
            : throw new InvalidDataException($"{Resource}: {string.Join("; ", diagnostic!.Errors)}");
    }
}
