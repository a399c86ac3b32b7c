using System.Text.Json.Serialization;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;

namespace Search.Gateway.Searching;

/// <summary>The answer to a search.</summary>
public sealed record SearchAnswer
{
    /// <summary>Names this search in logs and traces; grows with time.</summary>
    /// <example>019a1f6e-52c8-7c4e-9d5a-3f0c3f5f7a11</example>
    public required string QueryId { get; init; }

    /// <summary>The model that the scores were made with: name@version+fingerprint. Scores of different models don't compare.</summary>
    /// <example>jewelry-mobilenetv2-128@1.0.0+9f86d081884c7d65</example>
    public required string Model { get; init; }

    /// <summary>Best first, ties in order of the item id; at most k.</summary>
    public required IReadOnlyList<SearchResult> Results { get; init; }

    /// <summary>Where the time went.</summary>
    public required SearchTimings Timings { get; init; }
}

/// <summary>One similar piece.</summary>
public sealed record SearchResult
{
    /// <summary>The item.</summary>
    public required string ItemId { get; init; }

    /// <summary>The picture of the item that matched best: itemId/number.</summary>
    public required string ImageId { get; init; }

    /// <summary>Cosine similarity in [-1, 1]; 1 is the same picture.</summary>
    public required float Score { get; init; }

    /// <summary>What is needed to show the piece.</summary>
    public required SearchResultItem Item { get; init; }

    /// <summary>What was folded into this result: its further pictures and the pieces that look the same.</summary>
    public required IReadOnlyList<SearchDuplicate> Duplicates { get; init; }

    /// <summary>Only when asked for: the rules that touched this result, in order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleTrace>? Explain { get; init; }
}

/// <summary>An item as a result shows it.</summary>
public sealed record SearchResultItem
{
    /// <summary>The name it is sold under.</summary>
    public required string Title { get; init; }

    /// <summary>Such as rings or earrings.</summary>
    public required string Category { get; init; }

    /// <summary>Name to string or number.</summary>
    public required IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; }

    /// <summary>In the shop's currency; null when unknown.</summary>
    public required double? Price { get; init; }

    /// <summary>Where the matching picture is, relative to this service.</summary>
    public required string ImageUrl { get; init; }
}

/// <summary>A picture that was folded into a result.</summary>
public sealed record SearchDuplicate
{
    /// <summary>The item it belongs to: the result's own or another one.</summary>
    public required string ItemId { get; init; }

    /// <summary>itemId/number.</summary>
    public required string ImageId { get; init; }

    /// <summary>Its own cosine similarity to the query.</summary>
    public required float Score { get; init; }

    /// <summary>same-item, exact-duplicate or near-duplicate.</summary>
    public required string Reason { get; init; }
}

/// <summary>Milliseconds.</summary>
public sealed record SearchTimings
{
    /// <summary>Reading and preparing the picture; 0 without one.</summary>
    public required double DecodeMs { get; init; }

    /// <summary>In the model, waiting for its queue included; 0 without a picture.</summary>
    public required double EmbedMs { get; init; }

    /// <summary>In the nearest-neighbour service, the way there included.</summary>
    public required double SearchMs { get; init; }

    /// <summary>In the re-ranking service, the way there included.</summary>
    public required double RerankMs { get; init; }

    /// <summary>From the request read to the answer made; what the others leave is the way to the embedding service and our own work.</summary>
    public required double TotalMs { get; init; }
}
