namespace Search.JewelryRenderer.Scenes;

/// <summary>Words in titles.</summary>
internal static class Wording
{
    /// <summary>First letter upper case.</summary>
    public static string ToTitle(this string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"an oval", "a round".</summary>
    public static string WithArticle(this string word) => (word[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + word;
}
