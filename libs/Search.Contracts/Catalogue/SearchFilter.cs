namespace Search.Contracts.Catalogue;

/// <summary>Which items may appear: all given conditions must hold. An empty filter lets everything pass.</summary>
public sealed record SearchFilter
{
    public static readonly SearchFilter None = new();

    /// <summary>Any of these categories, compared without case; empty means every category.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Attribute name → any of these values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AttributeValue>> Attributes { get; init; } = new Dictionary<string, IReadOnlyList<AttributeValue>>();

    /// <summary>Number attribute (or <c>price</c>) → the range that it must lie in.</summary>
    public IReadOnlyDictionary<string, NumberRange> Ranges { get; init; } = new Dictionary<string, NumberRange>();

    public bool IsEmpty => Categories.Count == 0 && Attributes.Count == 0 && Ranges.Count == 0;
}

/// <summary>A range of numbers; an absent bound is open.</summary>
public sealed record NumberRange
{
    public double? Gte { get; init; }

    public double? Gt { get; init; }

    public double? Lte { get; init; }

    public double? Lt { get; init; }

    public bool Contains(double value) => !(value < Gte) && !(value <= Gt) && !(value > Lte) && !(value >= Lt) && !double.IsNaN(value);
}
