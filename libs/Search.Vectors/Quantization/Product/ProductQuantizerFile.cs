using Search.Vectors.Codes;
using Search.Vectors.Files;

namespace Search.Vectors.Quantization.Product;

/// <summary>
/// Version 1, little-endian: magic "PRODQUAN", int32 version; int32 metric, int32 dimension, int32 sub-spaces S, CRC-32C; for each sub-space its 256 centroids, component by
/// component, float32; CRC-32C over all of them.
/// </summary>
internal static class ProductQuantizerFile
{
    private const string Magic = "PRODQUAN";
    private const int Version = 1;

    public static void Write(ProductQuantizer quantizer, Stream stream)
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        writer.Write((int)quantizer.Metric);
        writer.Write(quantizer.Dimension);
        writer.Write(quantizer.CodeLength);
        writer.EndSection();
        foreach (var subSpace in quantizer.SubSpaces)
            writer.Write(subSpace.Centroids);
        writer.EndSection();
    }

    public static ProductQuantizer Read(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        reader.ReadHead(Magic, Version);
        var metric = (CodeMetric)reader.Read<int>();
        var dimension = reader.Read<int>();
        var count = reader.Read<int>();
        reader.EndSection("head");
        reader.Require(Enum.IsDefined(metric), "head", $"there is no metric {(int)metric}");
        reader.Require(dimension is >= 1 and <= CodeKernels.MaxDimension, "head", $"{dimension} is no dimension");
        reader.Require(count >= 1 && count <= dimension, "head", $"{dimension} dimensions have no {count} sub-spaces");
        var subSpaces = new SubSpace[count];
        for (var s = 0; s < count; s++)
        {
            var (start, length) = SubSpace.Range(s, count, dimension);
            var centroids = new float[length * ProductQuantizer.Centroids];
            reader.Read<float>(centroids);
            subSpaces[s] = new SubSpace(start, length, centroids);
        }
        reader.EndSection("centroids");
        foreach (var subSpace in subSpaces)
            reader.Require(VectorKernels.IsFinite(subSpace.Centroids), "centroids", "a component is not a number");
        return new ProductQuantizer(metric, dimension, subSpaces);
    }
}
