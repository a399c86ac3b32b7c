using System.Text.RegularExpressions;

namespace Search.MetricLearning.Data;

/// <summary>
/// What is left of a shop's file name without the parts that tell two shots or sizes of one piece apart:
/// "IMG_5961 - Copy.JPG", "G15670-03.jpg", "JE03505-YGP900_1_lar.jpg", "earrings-600x600.jpg".
/// </summary>
/// <remarks>
/// A trailing view number is dropped only behind a product code (a run of four digits or more): "ring_041" and
/// "ring_042", "IMG_5961" and "IMG_5962" number different pieces. "images (7).jpeg" keeps its number too: browsers count
/// downloads that merely had the same name.
/// </remarks>
internal static partial class FileNameStem
{
    public static string Of(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path).Trim().ToLowerInvariant();
        string before;
        do
        {
            before = name;
            name = Copy().Replace(name, "");
            name = Size().Replace(name, "");
            name = View().Replace(name, "$1");
        }
        while (name != before);
        return name;
    }

    [GeneratedRegex(@"\s*-\s*copy(\s*\(\d+\))?$")]
    private static partial Regex Copy();

    [GeneratedRegex(@"(\.(jpe?g|png|webp|gif))$|[-_ ]?\d{2,4}x\d{2,4}$|[-_ ](l|lar|lrg|large|grande|big|hero|zoom|masked|mobile|small|thumb|web)$")]
    private static partial Regex Size();

    [GeneratedRegex(@"^(.*\d{4,}.*?)[-_ ](alt[-_ ]?)?\d{1,2}[a-z]?$")]
    private static partial Regex View();
}
