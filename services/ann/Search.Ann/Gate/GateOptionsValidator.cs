using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Search.Evaluation.Gate;

namespace Search.Ann.Gate;

/// <summary>The annotations and what they can't say, in one list.</summary>
internal sealed class GateOptionsValidator : IValidateOptions<GateOptions>
{
    public ValidateOptionsResult Validate(string? name, GateOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var errors = results.ConvertAll(result => $"{GateOptions.Section}: {result.ErrorMessage}");
        if (!GateMetric.TryParse(options.Metrics, GateQuestion.Ids, out _, out var problem))
            errors.Add($"{GateOptions.Section}:{nameof(GateOptions.Metrics)}: {problem}");
        if ((long)options.MaxQueries * options.MaxItems > GateOptions.MostComparisons)
            errors.Add($"{GateOptions.Section}: {nameof(GateOptions.MaxQueries)} x {nameof(GateOptions.MaxItems)} is more than {GateOptions.MostComparisons:N0}; a verdict would take longer than its caller waits.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
