using Search.Contracts;

namespace Search.Ann.Collections;

/// <summary>Where collections live: files of this process, or a vector database. Chosen by <see cref="AnnOptions.Engine"/>.</summary>
public interface ICollectionEngine
{
    /// <summary>As written in <see cref="AnnOptions.Engine"/>.</summary>
    string Name { get; }

    /// <summary>The models that have a collection.</summary>
    Task<IReadOnlyList<EmbeddingModelId>> ListAsync(CancellationToken cancellation);

    /// <summary>Opens the collection of a model, ready to answer. Opened once; the caller disposes of it.</summary>
    /// <exception cref="InvalidDataException">What is stored is damaged or belongs to another model.</exception>
    Task<IVectorCollection> OpenAsync(EmbeddingModelId model, CancellationToken cancellation);

    /// <summary>Makes an empty collection for a model that has none.</summary>
    Task<IVectorCollection> CreateAsync(EmbeddingModelId model, int dimension, CancellationToken cancellation);

    /// <summary>Removes a model's collection for good, with whatever is stored; nobody has it open. Interrupted, the next <see cref="ListAsync"/> does not name it. None there is no error.</summary>
    Task DropAsync(EmbeddingModelId model, CancellationToken cancellation);
}
