using Search.Gateway.Limits;

namespace Search.Gateway.Access;

internal static class ApiKeyRules
{
    internal static IEnumerable<string> Mistakes(ApiKeyOptions key, string path)
    {
        if (string.IsNullOrWhiteSpace(key.Name))
            yield return $"{path}:{nameof(key.Name)} is missing.";
        if (key.Sha256.Length != 64 || !key.Sha256.All(char.IsAsciiHexDigit))
            yield return $"{path}:{nameof(key.Sha256)} is not a SHA-256 in 64 hexadecimal digits.";
        if (key.Scopes.Count == 0)
            yield return $"{path}:{nameof(key.Scopes)} is empty; there are {ScopeText.Known}.";
        foreach (var scope in key.Scopes.Where(s => ScopeText.Parse(s) == Scopes.None))
            yield return $"{path}:{nameof(key.Scopes)} holds '{scope}'; there are {ScopeText.Known}.";
        foreach (var mistake in RateRules.Mistakes(key, path))
            yield return mistake;
    }
}
