namespace Search.Ann.Indexes.Hnsw;

/// <summary>A node that has a slot and a vector but no links yet.</summary>
/// <param name="linkedUpTo">Highest level on which there is anything to link to.</param>
internal sealed class StagedNode(int slot, long id, int level, int linkedUpTo)
{
    public int Slot { get; } = slot;

    public long Id { get; } = id;

    public int Level { get; } = level;

    /// <summary>By level: what the node is to be linked to.</summary>
    public int[][] Chosen { get; } = new int[linkedUpTo + 1][];

    /// <summary>The nearest nodes on level 0, best first, of which one becomes the parent in the tree.</summary>
    public ulong[] Nearest { get; set; } = [];
}
