using System.Text;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Storage.Frozen;
using Search.Ann.Indexes.Storage.Sections;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>
/// A file of sections: shape · quantiser · rows (code, links on level 0) · links above · vectors · ids, their starts where slots have several, and their order. Version 4 adds the name of the code, which is 8-bit in
/// version 2; files of 8-bit codes are written as version 2, so that older programs read them. What is opened answers as what was saved. There is no
/// version 3: one flipped bit would make a 1 of it, whose head no checksum covers. Version 1 is read by <see cref="FrozenHnswFile1"/>.
/// </summary>
internal static class FrozenHnswFile
{
    public const string Magic = "SEARCHFZ";
    public const string RowsSection = "rows";
    private const string ShapeSection = "shape";
    private const string QuantizerSection = "quantiser";
    private const string UpperSection = "links above";
    private const string CodeSection = "code";
    private const int Version = 4;
    private const int VersionOf8Bit = 2;
    private const int MostLevels = 64;

    public static void Save<TCode, TWalk>(Stream stream, VectorMetric metric, TCode code, FrozenContents contents)
        where TCode : struct, IGraphCode<TWalk>
        where TWalk : struct, IGraphWalk, allows ref struct
    {
        var (graph, slots) = contents;
        var is8Bit = code.Name == ScalarCode.CodeName;
        var file = new SectionWriter(Magic, is8Bit ? VersionOf8Bit : Version);
        file.Add(ShapeSection, section =>
        {
            Write(section, [(int)metric, slots.Vectors.Dimension, graph.M, graph.LevelCounts.Length]);
            Write(section, graph.LevelCounts);
        });
        if (!is8Bit) file.Add(CodeSection, section => section.Write(Encoding.ASCII.GetBytes(code.Name)));
        file.Add(QuantizerSection, code.Save);
        file.Add(RowsSection, graph.Rows);
        file.Add(UpperSection, section =>
        {
            foreach (var level in graph.Upper)
                Write(section, level);
        });
        FrozenSlotsFile.Add(file, slots);
        file.WriteTo(stream);
    }

    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Load(Stream stream, FrozenHnswOptions options)
    {
        var reader = new ChecksumReader(stream);
        var version = reader.ReadHead(Magic, Version);
        if (version == 1) return FrozenHnswFile1.Load(stream, reader, options);
        return Open(SectionStream.Read(stream, Magic, version), options, FileVerification.AtOpen);
    }

    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Open(string path, FrozenHnswOptions options, FileVerification verification)
    {
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16))
        {
            // Too old to be mapped: its rows don't lie as they do in memory.
            if (new ChecksumReader(stream).ReadHead(Magic, Version) == 1)
            {
                stream.Position = 0;
                return Load(stream, options);
            }
        }
        return Open(MemoryRegion.Map(path), options, verification);
    }

    public static void RequireShape(VectorMetric metric, int dimension, int m, int[] levelCounts)
    {
        var isUsable = Enum.IsDefined(metric) && dimension is > 0 and <= IndexShape.MaxDimension && m is >= 4 and <= HnswOptions.LargestM && levelCounts.Length <= MostLevels
            && levelCounts.All(count => count > 0) && levelCounts.Zip(levelCounts.Skip(1)).All(pair => pair.First >= pair.Second);
        if (!isUsable) throw new InvalidDataException($"The {Magic} file's section '{ShapeSection}' is damaged: a value is out of range.");
    }

    private static IVectorIndex Open(MemoryRegion region, FrozenHnswOptions options, FileVerification verification)
    {
        try
        {
            var file = new SectionFile(region, Magic, Version, VersionOf8Bit);
            var shape = file.Checked<int>(ShapeSection);
            file.Require(shape.Count is >= 4 and <= 4 + MostLevels && shape.At(3) == shape.Count - 4, ShapeSection, "a count is out of range");
            var (metric, dimension, m) = ((VectorMetric)shape.At(0), shape.At(1), shape.At(2));
            var levelCounts = shape.Span(4, shape.At(3)).ToArray();
            RequireShape(metric, dimension, m, levelCounts);
            var count = levelCounts.Length == 0 ? 0 : levelCounts[0];

            var name = file.Version == VersionOf8Bit ? ScalarCode.CodeName : Encoding.ASCII.GetString(file.Checked<byte>(CodeSection).All);
            file.Require(VectorCodes.IsKnown(name), CodeSection, "no code of that name is known");
            using var quantizer = new MemoryStream(file.Checked<byte>(QuantizerSection).All.ToArray());
            return VectorCodes.Load(name, quantizer, new GraphCodeOf<IVectorIndex>(new Opening(file, new IndexShape(metric, dimension), m, levelCounts, options, verification)));
        }
        catch
        {
            region.Dispose();
            throw;
        }
    }

    /// <summary>Checks what opening left out, and returns the graph in the memory in which it is to be walked.</summary>
    private static FrozenGraph Prove(SectionFile file, FrozenGraph graph, FrozenSlots slots, FrozenHnswOptions options)
    {
        var isCopied = options.RowsInMemory && graph.Rows.Region.IsMapped;
        var rows = isCopied ? RegionSlice<byte>.Allocate(graph.Rows.Count) : graph.Rows;
        file.Check(RowsSection, isCopied ? rows : null);
        var proven = graph.In(rows);
        for (var slot = 0; slot < proven.Count; slot++)
            proven.RequireLinks(0, slot);
        // Checking has brought all of them.
        if (isCopied) graph.Rows.RestOnDisk();
        FrozenSlotsFile.Prove(file, slots);
        return proven;
    }

    private static int[][] Upper(SectionFile file, int m, int[] levelCounts)
    {
        var all = file.Checked<int>(UpperSection);
        var stride = FrozenGraph.UpperStride(m);
        file.Require(all.Count == levelCounts.Skip(1).Sum(count => (long)count * stride), UpperSection, "it has another length than the shape says");
        var upper = new int[Math.Max(0, levelCounts.Length - 1)][];
        var at = 0L;
        for (var level = 0; level < upper.Length; level++)
        {
            upper[level] = all.Span(at, levelCounts[level + 1] * stride).ToArray();
            at += upper[level].Length;
        }
        return upper;
    }

    private static void Write(Stream stream, ReadOnlySpan<int> values) => stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));

    private sealed record Opening(SectionFile File, IndexShape Shape, int M, int[] LevelCounts, FrozenHnswOptions Options, FileVerification Verification) : IGraphCodeAction<IVectorIndex>
    {
        public IVectorIndex Run<TCode, TWalk>(TCode code)
            where TCode : struct, IGraphCode<TWalk>
            where TWalk : struct, IGraphWalk, allows ref struct
        {
            File.Require(code.Dimension == Shape.Dimension, QuantizerSection, "it is of another dimension");
            var count = LevelCounts.Length == 0 ? 0 : LevelCounts[0];
            var rows = File.Values<byte>(RowsSection);
            File.Require(rows.Count == (long)count * FrozenGraph.RowBytesOf(code.RowBytes, M), RowsSection, "it has another length than the shape says");
            var graph = new FrozenGraph(code.RowBytes, M, LevelCounts, rows, Upper(File, M, LevelCounts), isTrusted: false);
            for (var level = 1; level < LevelCounts.Length; level++)
            {
                for (var slot = 0; slot < LevelCounts[level]; slot++)
                    graph.RequireLinks(level, slot);
            }

            var slots = FrozenSlotsFile.Read(File, Shape.Dimension, count);
            var contents = new FrozenContents(graph, slots);
            FrozenGraph Proof() => Prove(File, graph, slots, Options);
            return Verification == FileVerification.AtOpen
                ? MetricDispatch.Run(Shape.Metric, new FrozenCreation<TCode, TWalk>(code, contents with { Graph = Proof() }, Options, null))
                : MetricDispatch.Run(Shape.Metric, new FrozenCreation<TCode, TWalk>(code, contents, Options, Proof));
        }
    }
}
