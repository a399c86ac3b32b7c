using System.Globalization;

namespace Search.Contracts;

/// <summary>
/// Names one picture of one item, as the collections store it: <c>itemId/number</c>, number counted from 0. Item ids have no
/// slash, so the text form is unambiguous.
/// </summary>
public static class ImageKey
{
    public static string Create(string itemId, int number) => string.Create(CultureInfo.InvariantCulture, $"{itemId}/{number}");

    public static bool IsValid(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return TryParse(key, out _, out _);
    }

    /// <exception cref="FormatException">The text is no image key.</exception>
    public static (string ItemId, int Number) Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return TryParse(key, out var slash, out var number) ? (key[..slash], number) : throw new FormatException($"'{key}' is not an image key; the form is itemId/number.");
    }

    private static bool TryParse(string key, out int slash, out int number)
    {
        slash = key.LastIndexOf('/');
        number = 0;
        return slash > 0 && int.TryParse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
