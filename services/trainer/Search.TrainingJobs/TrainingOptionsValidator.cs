using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Search.TrainingJobs;

/// <summary>The annotations and what they can't say, in one list. Folders and files may come later: a job that needs them is told.</summary>
internal sealed class TrainingOptionsValidator : IValidateOptions<TrainingOptions>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, TrainingOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var errors = results.ConvertAll(r => $"{TrainingOptions.Section}: {r.ErrorMessage}");
        (string Name, TimeSpan Value)[] times = [(nameof(options.Grace), options.Grace), (nameof(options.NewsInterval), options.NewsInterval)];
        errors.AddRange(times
            .Where(t => t.Value <= TimeSpan.Zero || t.Value > s_longest)
            .Select(t => $"{TrainingOptions.Section}:{t.Name} is {t.Value}; it must be above 0 and at most {s_longest}."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
