using System.Text.RegularExpressions;

namespace Search.Registry;

/// <summary>Names under which services ask for a model, whichever version that is today.</summary>
public static partial class ModelAliases
{
    /// <summary>The model that answers searches.</summary>
    public const string Production = "production";

    /// <summary>The model that is to follow it.</summary>
    public const string Candidate = "candidate";

    /// <summary>The model that was production before: kept in service, so that rolling back takes no more than a change of names.</summary>
    public const string Previous = "previous";

    /// <exception cref="ModelRegistryException">Not lower-case letters, digits and dashes, 40 at most.</exception>
    internal static void Require(string alias)
    {
        if (!Form().IsMatch(alias))
            throw new ModelRegistryException($"'{alias}' is not an alias: up to 40 lower-case letters, digits and dashes.");
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex Form();
}
