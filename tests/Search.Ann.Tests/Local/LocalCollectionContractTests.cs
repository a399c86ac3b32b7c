using Search.Ann.Collections;
using Search.Ann.Local;
using Search.Ann.Tests.Collections;
using Search.Contracts;

namespace Search.Ann.Tests.Local;

/// <summary>The contract over the local engine, closed with and without a snapshot, with exact search and with a graph.</summary>
public abstract class LocalCollectionContract(int exactUpTo, bool snapshotBeforeClosing, int segmentSize = AnnOptions.DefaultSegmentSize) : VectorCollectionContract, IDisposable
{
    private readonly LocalCollectionFixture _local = new(exactUpTo, segmentSize: segmentSize);

    protected override Task<IVectorCollection> CreateAsync(EmbeddingModelId model, int dimension) =>
        Task.FromResult<IVectorCollection>(_local.Create(model, dimension));

    protected override async Task<IVectorCollection> ReopenAsync(IVectorCollection collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (snapshotBeforeClosing) await ((LocalVectorCollection)collection).SnapshotAsync(Cancellation);
        await collection.DisposeAsync();
        return _local.Open(_local.PathOf(collection.Model), collection.Model);
    }

    public void Dispose()
    {
        _local.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class ExactJournaledCollectionTests() : LocalCollectionContract(exactUpTo: int.MaxValue, snapshotBeforeClosing: false);

public sealed class ExactSnapshotCollectionTests() : LocalCollectionContract(exactUpTo: int.MaxValue, snapshotBeforeClosing: true);

public sealed class GraphJournaledCollectionTests() : LocalCollectionContract(exactUpTo: 0, snapshotBeforeClosing: false);

public sealed class GraphSnapshotCollectionTests() : LocalCollectionContract(exactUpTo: 0, snapshotBeforeClosing: true);

/// <summary>Freezing and merging go on at all times.</summary>
public sealed class SegmentedJournaledCollectionTests() : LocalCollectionContract(exactUpTo: 8, snapshotBeforeClosing: false, segmentSize: 8);

public sealed class SegmentedSnapshotCollectionTests() : LocalCollectionContract(exactUpTo: 8, snapshotBeforeClosing: true, segmentSize: 8);
