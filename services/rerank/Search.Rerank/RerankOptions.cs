using System.ComponentModel.DataAnnotations;

namespace Search.Rerank;

/// <summary>Configuration section <c>Rerank</c>.</summary>
public sealed class RerankOptions
{
    public const string Section = "Rerank";

    /// <summary>The chain used unless configuration names another: cheap rules that drop come before those that compare pairs.</summary>
    public static readonly IReadOnlyList<string> DefaultChain =
        ["visibility", "own-item", "filter", "same-item", "exact-duplicates", "near-duplicates"];

    /// <summary>Names of the rules in the order they run; empty means <see cref="DefaultChain"/>. Leaving out visibility shows private items.</summary>
    public IList<string> Chain { get; } = [];

    /// <summary>
    /// Pictures whose 64-bit perceptual hashes differ in at most this many bits are near duplicates. Higher folds more re-encoded and slightly cropped
    /// copies, and at last different pieces on the same white ground. Default 4.
    /// </summary>
    [Range(0, 16)]
    public int NearDuplicateBits { get; set; } = 4;

    /// <summary>
    /// Near duplicates must also score alike: copies of one picture have almost the same vector, so a larger difference (cosine) means that
    /// the hashes agree by chance. Default 0.05.
    /// </summary>
    [Range(0.0, 2.0)]
    public double NearDuplicateScoreGap { get; set; } = 0.05;

    /// <summary>How often the read model asks for changes that it may have missed, seconds. Default 15.</summary>
    [Range(1, 3600)]
    public int CatchUpSeconds { get; set; } = 15;
}
