using Search.Contracts;

namespace Search.Ann.Collections;

/// <summary>One picture's vector.</summary>
/// <param name="Key"><see cref="ImageKey"/> of the picture.</param>
/// <param name="Revision">The item's revision that brought the picture; an older one never replaces a newer one.</param>
/// <param name="Vector">Unit length, of the collection's dimension. Not to be changed after it was handed over.</param>
public sealed record VectorEntry(string Key, long Revision, float[] Vector);

/// <summary>A picture to be removed if what is stored is not newer.</summary>
/// <param name="Key"><see cref="ImageKey"/> of the picture.</param>
/// <param name="Revision">The revision at which it was gone.</param>
public readonly record struct VectorRemoval(string Key, long Revision);

/// <summary>What became of an entry.</summary>
public enum UpsertOutcome
{
    /// <summary>It is what the collection holds now.</summary>
    Stored = 0,

    /// <summary>The collection holds a newer revision of the picture; this one was ignored.</summary>
    Stale = 1,
}
