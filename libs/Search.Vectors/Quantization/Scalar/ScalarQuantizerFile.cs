using Search.Vectors.Codes;
using Search.Vectors.Files;

namespace Search.Vectors.Quantization.Scalar;

/// <summary>
/// Version 1, little-endian: magic "SCALQUAN", int32 version; int32 metric, int32 dimension D, CRC-32C; D float32 middles, D float32 steps, CRC-32C.
/// </summary>
internal static class ScalarQuantizerFile
{
    private const string Magic = "SCALQUAN";
    private const int Version = 1;

    public static void Write(ScalarQuantizer quantizer, Stream stream)
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        writer.Write((int)quantizer.Metric);
        writer.Write(quantizer.Dimension);
        writer.EndSection();
        writer.Write(quantizer.Middles);
        writer.Write(quantizer.Steps);
        writer.EndSection();
    }

    public static ScalarQuantizer Read(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        reader.ReadHead(Magic, Version);
        var metric = (CodeMetric)reader.Read<int>();
        var dimension = reader.Read<int>();
        reader.EndSection("head");
        reader.Require(Enum.IsDefined(metric), "head", $"there is no metric {(int)metric}");
        reader.Require(dimension is >= 1 and <= CodeKernels.MaxDimension, "head", $"{dimension} is no dimension");
        var middles = new float[dimension];
        var steps = new float[dimension];
        reader.Read<float>(middles);
        reader.Read<float>(steps);
        reader.EndSection("levels");
        reader.Require(VectorKernels.IsFinite(middles) && VectorKernels.IsFinite(steps) && steps.All(step => step >= 0), "levels", "a level is not a number");
        return new ScalarQuantizer(metric, middles, steps);
    }
}
