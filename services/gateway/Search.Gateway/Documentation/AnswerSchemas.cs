using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Search.Contracts.Catalogue;

namespace Search.Gateway.Documentation;

/// <summary>Makes the generated shapes say what the answers are, where the generator goes by what the reader of the same type would tolerate.</summary>
internal sealed class AnswerSchemas : IOpenApiSchemaTransformer
{
    private const JsonSchemaType Numbers = JsonSchemaType.Number | JsonSchemaType.Integer;

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Numbers in quotes are read, never written.
        if (schema.Type is { } type && (type & Numbers) != 0 && type.HasFlag(JsonSchemaType.String))
        {
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }
        // A value's own converter hides from the generator what it writes.
        if (context.JsonTypeInfo.Type == typeof(IReadOnlyDictionary<string, AttributeValue>))
            schema.AdditionalProperties = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.String }, new OpenApiSchema { Type = JsonSchemaType.Number }] };
        return Task.CompletedTask;
    }
}
