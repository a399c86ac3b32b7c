using Search.Ann.Indexes.Storage.Sections;

namespace Search.Ann.Indexes.Storage.Frozen;

/// <summary>The sections that every file of a frozen index ends with: vectors · ids · their starts where slots have several · their order.</summary>
internal static class FrozenSlotsFile
{
    private const string Vectors = "vectors";
    private const string Ids = "ids";
    private const string Starts = "id starts";
    private const string Order = "id order";

    public static void Add(SectionWriter file, FrozenSlots slots)
    {
        var (ids, starts, byId) = slots.Ids.Parts;
        file.Add(Vectors, slots.Vectors.Values);
        file.Add(Ids, ids);
        file.Add(Starts, starts);
        file.Add(Order, byId);
    }

    /// <summary>Checks all but the vectors.</summary>
    /// <exception cref="InvalidDataException">Damaged; it says where.</exception>
    public static FrozenSlots Read(SectionFile file, int dimension, int count)
    {
        var vectors = file.Values<float>(Vectors);
        file.Require(vectors.Count == (long)count * dimension, Vectors, "it has another length than the shape says");
        var ids = new FrozenIds(file.Checked<long>(Ids), file.Checked<int>(Starts), file.Checked<int>(Order));
        file.Require(ids.IsSound(count), Ids, "they are not those of the vectors");
        return new FrozenSlots(new FrozenVectors(dimension, vectors), ids);
    }

    /// <summary>Checks the vectors, and leaves them on the disk again.</summary>
    /// <exception cref="InvalidDataException">Damaged; it says where.</exception>
    public static void Prove(SectionFile file, FrozenSlots slots)
    {
        file.Check(Vectors);
        slots.Vectors.Values.RestOnDisk();
    }
}
