using Search.Contracts.Catalogue;

namespace Search.Gateway.Searching;

/// <summary>A search as asked, every value checked.</summary>
internal sealed record SearchQuery
{
    internal required QuerySource Source { get; init; }

    /// <summary>1 to 200.</summary>
    internal required int K { get; init; }

    internal required SearchFilter Filter { get; init; }

    internal required bool Collapse { get; init; }

    internal required bool Explain { get; init; }
}

/// <summary>What similar pieces are sought for.</summary>
internal abstract record QuerySource(string Kind);

/// <param name="Bytes">An encoded picture, not looked into yet.</param>
internal sealed record ImageSource(byte[] Bytes) : QuerySource("image");

/// <param name="ItemId">Valid by <see cref="Contracts.ItemId"/>; may be unknown.</param>
/// <param name="MaySeeAll">Whether the caller may know of private and unpublished items.</param>
internal sealed record ItemSource(string ItemId, bool MaySeeAll) : QuerySource("item");

/// <param name="Vector">Unit length; the dimension is not checked yet.</param>
internal sealed record VectorSource(float[] Vector) : QuerySource("vector");
