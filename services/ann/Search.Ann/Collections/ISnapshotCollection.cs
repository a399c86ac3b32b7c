namespace Search.Ann.Collections;

/// <summary>A collection that keeps its own files, and starts faster after its journal was folded into a snapshot.</summary>
public interface ISnapshotCollection
{
    long WritesSinceSnapshot { get; }

    /// <summary>When <see cref="WritesSinceSnapshot"/> last became 0.</summary>
    DateTimeOffset LastSnapshot { get; }

    /// <summary>Searches go on meanwhile, writes wait. A crash at any moment leaves the state before or after.</summary>
    Task SnapshotAsync(CancellationToken cancellation);
}
