using Search.Contracts.Catalogue;

namespace Search.Contracts.Messages;

/// <summary>Query to the re-ranking service: turn similar pictures into the answer a shopper sees.</summary>
public sealed record RerankCandidates
{
    /// <summary>Best first.</summary>
    public required Neighbour[] Candidates { get; init; }

    /// <summary>How many results are wanted, from 1.</summary>
    public required int K { get; init; }

    public SearchFilter Filter { get; init; } = SearchFilter.None;

    /// <summary>Fold duplicates and further pictures of one item into one result.</summary>
    public bool Collapse { get; init; } = true;

    /// <summary>Say which rule touched each result.</summary>
    public bool Explain { get; init; }

    /// <summary>The item that the query was made from, if any; it is not its own answer.</summary>
    public string? QueryItemId { get; init; }
}

/// <summary>Answer to <see cref="RerankCandidates"/>.</summary>
public sealed record RerankedResults
{
    /// <summary>Best first, ties in ordinal order of the item id; at most K.</summary>
    public required RankedItem[] Results { get; init; }

    /// <summary>Candidates that rules left out, by rule.</summary>
    public IReadOnlyDictionary<string, int> Dropped { get; init; } = new Dictionary<string, int>();
}

/// <summary>One result with what is needed to show it.</summary>
public sealed record RankedItem
{
    public required ItemDocument Item { get; init; }

    /// <summary>The picture that matched.</summary>
    public required int ImageNumber { get; init; }

    /// <summary>Cosine similarity in [-1, 1].</summary>
    public required float Score { get; init; }

    /// <summary>What was folded into this result.</summary>
    public FoldedImage[] Duplicates { get; init; } = [];

    /// <summary>Filled when asked for: the rules that touched this result, in order.</summary>
    public RuleTrace[] Explain { get; init; } = [];
}

/// <param name="Reason">same-item, exact-duplicate or near-duplicate.</param>
public sealed record FoldedImage(string ItemId, int ImageNumber, float Score, string Reason);

/// <param name="Rule">Name of the reranker.</param>
/// <param name="Effect">What it did: kept, folded, moved…</param>
public sealed record RuleTrace(string Rule, string Effect, string Detail);
