using System.Globalization;
using System.Text.RegularExpressions;
using Search.Registry;
using Search.TrainingJobs.Jobs;

namespace Search.TrainingJobs.Requests;

/// <summary>Which versions of a model are taken: those published, and those that jobs will publish.</summary>
internal sealed partial class ModelVersions(ModelRegistry registry, JobStore store)
{
    public static bool IsVersion(string text) => text.Length <= 40 && Form().IsMatch(text);

    /// <returns>Versions of that name.</returns>
    public async Task<HashSet<string>> TakenAsync(string name, CancellationToken cancellation)
    {
        // First: what ends meanwhile is published by then.
        string[] open = [.. store.Open().Where(job => job.Name == name).Select(job => job.Version)];
        var published = (await registry.ReadAsync(cancellation)).Versions
            .Select(version => version.Id.Value)
            .Where(id => id.StartsWith(name + "@", StringComparison.Ordinal))
            .Select(id => id[(name.Length + 1)..id.IndexOf('+', StringComparison.Ordinal)]);
        return [.. published, .. open];
    }

    /// <summary>The next minor version after all that are taken.</summary>
    public static string Next(IEnumerable<string> taken)
    {
        var highest = taken.Select(Parse).Append((0, 0)).Max();
        return highest == (0, 0) ? "1.0.0" : string.Create(CultureInfo.InvariantCulture, $"{highest.Item1}.{highest.Item2 + 1}.0");
    }

    private static (int, int) Parse(string version)
    {
        var parts = version.Split('.');
        return parts.Length >= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? (major, minor)
            : (0, 0);
    }

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(-[a-z0-9][a-z0-9.-]*)?\z")]
    private static partial Regex Form();
}
