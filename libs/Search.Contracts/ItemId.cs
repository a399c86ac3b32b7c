using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Search.Contracts;

/// <summary>
/// The rule for item ids, which come from callers and end up in URLs, file names and log lines: 1 to 128 of
/// <c>A-Z a-z 0-9 . _ : -</c>, starting with a letter or a digit.
/// </summary>
public static partial class ItemId
{
    public const int MaxLength = 128;

    public static bool IsValid([NotNullWhen(true)] string? value) => value is not null && Form().IsMatch(value);

    /// <exception cref="ServiceProblemException">400 when the id breaks the rule.</exception>
    public static string Require(string? value) => IsValid(value)
        ? value
        : throw new ServiceProblemException(ServiceProblem.InvalidRequest(
            "Not an item id", "An item id has 1 to 128 characters out of A-Z a-z 0-9 . _ : - and starts with a letter or a digit."));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:-]{0,127}\z")]
    private static partial Regex Form();
}
