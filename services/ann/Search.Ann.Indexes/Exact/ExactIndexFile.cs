using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Exact;

/// <summary>Head and shape · ids · vectors, each section with its checksum.</summary>
internal static class ExactIndexFile
{
    private const string Magic = "SEARCHEX";
    private const int Version = 1;

    public static void Save(Stream stream, IndexShape shape, ReadOnlySpan<long> ids, VectorRows vectors)
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        writer.Write((int)shape.Metric);
        writer.Write(shape.Dimension);
        writer.Write(ids.Length);
        writer.EndSection();
        writer.Write(ids);
        writer.EndSection();
        for (var slot = 0; slot < ids.Length; slot++)
            writer.Write<float>(vectors.Row(slot));
        writer.EndSection();
    }

    public static IMutableVectorIndex Load(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        reader.ReadHead(Magic, Version);
        reader.BeginSection("shape");
        var metric = (VectorMetric)reader.Read<int>();
        var dimension = reader.Read<int>();
        var count = reader.Read<int>();
        reader.EndSection("shape");
        reader.Require(Enum.IsDefined(metric) && dimension is > 0 and <= IndexShape.MaxDimension && count >= 0, "shape", "a value is out of range");

        reader.BeginSection("ids");
        reader.RequireRoom((Int128)count * (sizeof(long) + dimension * sizeof(float)));
        var ids = new long[count];
        reader.Read<long>(ids);
        reader.EndSection("ids");

        reader.Require(ids.Distinct().Count() == count, "ids", "an id occurs twice");

        reader.BeginSection("vectors");
        var vectors = new VectorRows(dimension);
        vectors.EnsureCapacity(count);
        for (var slot = 0; slot < count; slot++)
            reader.Read(vectors.Row(slot));
        reader.EndSection("vectors");
        return MetricDispatch.Run(metric, new ExactIndexFactory.Creation(vectors, ids));
    }
}
