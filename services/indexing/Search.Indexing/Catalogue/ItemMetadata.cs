using Search.Contracts.Catalogue;

namespace Search.Indexing.Catalogue;

/// <summary>What a caller says about an item, checked.</summary>
internal sealed record ItemMetadata
{
    internal const int MaxTitleLength = 300;
    internal const int MaxCategoryLength = 100;
    internal const int MaxAttributes = 64;
    internal const int MaxAttributeNameLength = 64;
    internal const int MaxAttributeTextLength = 500;

    public required string Title { get; init; }

    public required string Category { get; init; }

    /// <summary>The attributes as <see cref="AttributeText"/>, so that equal ones are equal text.</summary>
    public required string Attributes { get; init; }

    public double? Price { get; init; }

    public ItemVisibility Visibility { get; init; }
}
