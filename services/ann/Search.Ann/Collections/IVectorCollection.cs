using Search.Contracts;
using Search.Contracts.Messages;

namespace Search.Ann.Collections;

/// <summary>
/// The vectors of one embedding model, by image key, wherever they live. Safe for concurrent use. A completed write is durable and is seen by
/// every search that starts afterwards; a search sees each write entirely or not at all.
/// </summary>
/// <remarks>
/// Vectors of different models never meet: every operation that carries or expects a vector names its model, and another than
/// <see cref="Model"/> is a <see cref="WrongModelException"/>. Events arrive late, twice and out of order, so each entry has a
/// revision and the larger one wins.
/// </remarks>
public interface IVectorCollection : IAsyncDisposable
{
    EmbeddingModelId Model { get; }

    int Dimension { get; }

    /// <summary>Number of image keys.</summary>
    int Count { get; }

    /// <summary>
    /// Adds or replaces, all or none: a bad entry refuses the whole batch. Of two entries with one key in a batch the larger revision wins, then
    /// the later one.
    /// </summary>
    /// <returns>What became of each entry, in the order given.</returns>
    /// <exception cref="WrongModelException">Another model.</exception>
    /// <exception cref="Indexes.InvalidVectorException">A vector of another dimension, not finite, or not of unit length.</exception>
    /// <exception cref="FormatException">A key that is no <see cref="ImageKey"/>.</exception>
    Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(EmbeddingModelId model, IReadOnlyList<VectorEntry> entries, CancellationToken cancellation);

    /// <summary>Removes each key whose stored revision is not above the one given, and returns how many that were.</summary>
    Task<int> RemoveAsync(IReadOnlyList<VectorRemoval> removals, CancellationToken cancellation);

    /// <summary>Removes all pictures of an item whose stored revision is not above <paramref name="revision"/>, and returns how many that were.</summary>
    Task<int> RemoveItemAsync(string itemId, long revision, CancellationToken cancellation);

    /// <summary>The entry as stored, or null.</summary>
    /// <exception cref="WrongModelException">Another model.</exception>
    ValueTask<VectorEntry?> GetAsync(EmbeddingModelId model, string key, CancellationToken cancellation);

    /// <summary>An item's entries in order of the picture's number; empty when there are none.</summary>
    /// <exception cref="WrongModelException">Another model.</exception>
    ValueTask<IReadOnlyList<VectorEntry>> GetItemAsync(EmbeddingModelId model, string itemId, CancellationToken cancellation);

    /// <summary>Every entry once, in no order. What is written meanwhile may be there or not, as it was or as it is.</summary>
    /// <exception cref="WrongModelException">Another model.</exception>
    IAsyncEnumerable<VectorEntry> ReadAllAsync(EmbeddingModelId model, CancellationToken cancellation);

    /// <summary>
    /// The k most similar pictures by cosine, best first, equal scores in ordinal order of the key. Scores are exact cosines in [-1, 1], also where
    /// finding the pictures was approximate; the same contents and query give the same answer.
    /// </summary>
    /// <param name="vector">Any length other than zero.</param>
    /// <param name="k">At least 1; above <see cref="Count"/> finds everything.</param>
    /// <exception cref="WrongModelException">Another model.</exception>
    /// <exception cref="Indexes.InvalidVectorException">A vector of another dimension, not finite, or of length zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k below 1.</exception>
    ValueTask<NeighboursFound> SearchAsync(EmbeddingModelId model, ReadOnlyMemory<float> vector, int k, CancellationToken cancellation);

    ValueTask<CollectionStatistics> GetStatisticsAsync(CancellationToken cancellation);
}
