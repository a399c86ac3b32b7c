using Scalar.AspNetCore;
using Search.Gateway.Browser;

namespace Search.Gateway.Documentation;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>, and a page to browse it and try it out at <c>/scalar</c>.</summary>
internal static class DocumentationEndpoints
{
    internal const string Document = "v1";

    /// <summary>Marks the gateway's own endpoints. Those of other services in the same process are described in <c>api.json</c> instead.</summary>
    internal sealed class Described;

    internal static IServiceCollection AddDocumentation(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.ShouldInclude = endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<Described>().Any();
        options.AddSchemaTransformer<AnswerSchemas>();
        options.AddDocumentTransformer<ApiDocument>();
    });

    internal static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json");
        routes.MapScalarApiReference("/scalar", (options, context) => options
            .WithTitle("Jewelry Search")
            .WithNonce(ScriptNonce.Of(context))
            .AddDocument(Document)
            // Nothing from outside and nothing to outside: no web fonts, no assistant, no usage reports.
            .DisableDefaultFonts()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()
            .HideDeveloperTools()
            .WithFavicon("/favicon.svg"));
    }

    internal static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new Described());
}
