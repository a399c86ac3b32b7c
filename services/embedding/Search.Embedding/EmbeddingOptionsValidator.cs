using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Search.Embedding;

/// <summary>The annotations and what they can't say, in one list.</summary>
internal sealed class EmbeddingOptionsValidator : IValidateOptions<EmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var errors = results.ConvertAll(r => $"{EmbeddingOptions.Section}: {r.ErrorMessage}");
        if (!ExecutionProviders.ByName.ContainsKey(options.ExecutionProvider ?? ""))
            errors.Add($"Embedding:ExecutionProvider is '{options.ExecutionProvider}'; it can be {string.Join(", ", ExecutionProviders.ByName.Keys)}.");
        if (options.Models is { } folder && !Directory.Exists(folder))
            errors.Add($"Embedding:Models names the folder '{Path.GetFullPath(folder)}', which does not exist.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
