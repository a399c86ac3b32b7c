using System.Globalization;

namespace Search.Ann.Indexes.Statistics;

internal static class OptionText
{
    public static IReadOnlyDictionary<string, string> Of(params ReadOnlySpan<(string Name, IFormattable Value)> options)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in options)
            texts.Add(name, value.ToString(null, CultureInfo.InvariantCulture));
        return texts;
    }
}
