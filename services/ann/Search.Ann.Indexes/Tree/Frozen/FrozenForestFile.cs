using System.Runtime.InteropServices;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Storage.Frozen;
using Search.Ann.Indexes.Storage.Sections;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>A file of sections: shape · splits · normals · leaf starts · leaves · vectors · ids, their starts where slots have several, and their order.</summary>
internal static class FrozenForestFile
{
    public const string Magic = "SEARCHRF";
    public const string LeavesSection = "leaves";
    private const string ShapeSection = "shape";
    private const string SplitsSection = "splits";
    private const string NormalsSection = "normals";
    private const string StartsSection = "leaf starts";
    private const int Version = 1;

    // Metric, dimension, slots, trees, leaf size, two halves of the seed, trees grown; then root and splits of each of those.
    private const int ShapeLength = 8;

    public static void Save(Stream stream, FrozenForest forest, FrozenSlots slots)
    {
        var file = new SectionWriter(Magic, Version);
        file.Add(ShapeSection, section => section.Write(MemoryMarshal.AsBytes<int>(Numbers(forest.Shape))));
        file.Add(SplitsSection, forest.Arrays.Splits);
        file.Add(NormalsSection, forest.Arrays.Normals);
        file.Add(StartsSection, forest.Arrays.Starts);
        file.Add(LeavesSection, forest.Arrays.Leaves);
        FrozenSlotsFile.Add(file, slots);
        file.WriteTo(stream);
    }

    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Load(Stream stream, FrozenForestOptions options)
    {
        var version = new ChecksumReader(stream).ReadHead(Magic, Version);
        return Open(SectionStream.Read(stream, Magic, version), options, FileVerification.AtOpen);
    }

    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Open(string path, FrozenForestOptions options, FileVerification verification) => Open(MemoryRegion.Map(path), options, verification);

    public static InvalidDataException Damaged(string section, string why) => new($"The {Magic} file's section '{section}' is damaged: {why}.");

    private static IVectorIndex Open(MemoryRegion region, FrozenForestOptions options, FileVerification verification)
    {
        try
        {
            var file = new SectionFile(region, Magic, Version);
            var shape = ReadShape(file);
            var arrays = new FrozenForestArrays(file.Checked<Split>(SplitsSection), file.Values<float>(NormalsSection), file.Checked<int>(StartsSection), file.Values<int>(LeavesSection));
            RequireLength(file, arrays.Splits, shape.SplitCount, SplitsSection);
            RequireLength(file, arrays.Normals, shape.SplitCount * shape.Dimension, NormalsSection);
            RequireLength(file, arrays.Starts, shape.StartCount, StartsSection);
            RequireLength(file, arrays.Leaves, shape.LeafSlotCount, LeavesSection);
            var slots = FrozenSlotsFile.Read(file, shape.Dimension, shape.Slots);
            var forest = new FrozenForest(shape, arrays);
            // Small, and every walk depends on it: half a byte a vector for each tree.
            file.Require(forest.HasSoundStarts(), StartsSection, "they are not in order");
            file.Require(forest.HasSoundTrees(), SplitsSection, "they make no trees");

            FrozenForest Proof() => Prove(file, forest, slots);
            return MetricDispatch.Run(
                shape.Metric, verification == FileVerification.AtOpen ? new FrozenForestCreation(Proof(), slots, options) : new FrozenForestCreation(forest, slots, options, Proof));
        }
        catch
        {
            region.Dispose();
            throw;
        }
    }

    /// <summary>Checks what opening left out.</summary>
    private static FrozenForest Prove(SectionFile file, FrozenForest forest, FrozenSlots slots)
    {
        file.Check(NormalsSection);
        file.Check(LeavesSection);
        file.Require(forest.HoldsEachSlotOnce(), LeavesSection, "they do not hold each vector once");
        // Checking has brought all of them.
        forest.Arrays.Normals.RestOnDisk();
        forest.Arrays.Leaves.RestOnDisk();
        FrozenSlotsFile.Prove(file, slots);
        return forest;
    }

    private static int[] Numbers(ForestShape shape) =>
    [
        (int)shape.Metric, shape.Dimension, shape.Slots, shape.Options.Trees, shape.Options.LeafSize, (int)shape.Options.Seed, (int)(shape.Options.Seed >> 32), shape.Trees.Count,
        .. shape.Trees.SelectMany(tree => (int[])[tree.Root, tree.Splits]),
    ];

    private static ForestShape ReadShape(SectionFile file)
    {
        var section = file.Checked<int>(ShapeSection);
        file.Require(section.Count is >= ShapeLength and <= ShapeLength + 2 * ForestOptions.MostTrees, ShapeSection, "it has another length than it says");
        var numbers = section.All;
        var (metric, dimension, slots) = ((VectorMetric)numbers[0], numbers[1], numbers[2]);
        var (trees, leafSize, grown) = (numbers[3], numbers[4], numbers[7]);
        var isUsable = Enum.IsDefined(metric) && dimension is > 0 and <= IndexShape.MaxDimension && slots >= 0 && trees is >= 1 and <= ForestOptions.MostTrees
            && leafSize is >= ForestOptions.SmallestLeaf and <= ForestOptions.LargestLeaf && (grown == 0 || grown == trees);
        file.Require(isUsable, ShapeSection, "a value is out of range");
        file.Require(section.Count == ShapeLength + 2 * grown, ShapeSection, "it has another length than it says");
        var all = new (int Root, int Splits)[grown];
        for (var number = 0; number < grown; number++)
            all[number] = (numbers[ShapeLength + 2 * number], numbers[ShapeLength + 2 * number + 1]);
        file.Require(Array.TrueForAll(all, tree => tree.Splits is >= 0 and < TreeNodes.MaxNodes), ShapeSection, "a tree has too many nodes");
        var seed = (uint)numbers[5] | (ulong)(uint)numbers[6] << 32;
        return new ForestShape(metric, dimension, slots, new ForestOptions { Trees = trees, LeafSize = leafSize, Seed = seed }, all);
    }

    private static void RequireLength<T>(SectionFile file, RegionSlice<T> values, long count, string section)
        where T : unmanaged => file.Require(values.Count == count, section, "it has another length than the shape says");
}
