using System.Buffers.Binary;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Storage.Sections;

namespace Search.Ann.Indexes.Rescoring;

/// <summary>
/// Makes sources of vectors. The file is one of sections (docs/index-format.md), magic "VECTORSF", version 1: "shape" (int32 dimension D, int32 count), "ids" (int64 each, ascending) and "vectors"
/// (D float32 each).
/// </summary>
public static class VectorSource
{
    private const string Magic = "VECTORSF";
    private const int Version = 1;

    /// <summary>A copy in memory of the vectors that the index holds now.</summary>
    public static IVectorSource CopyOf(IVectorIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        var ids = index.ListIds();
        var dimension = index.Dimension;
        var values = RegionSlice<float>.Allocate((long)ids.Length * dimension);
        var kept = 0;
        foreach (var id in ids)
        {
            // One that was removed since it was listed is left out.
            if (index.TryGetVector(id, values.Span((long)kept * dimension, dimension))) ids[kept++] = id;
        }
        return new FlatVectors(dimension, IdOrder.Of(ids.AsSpan(0, kept)), values);
    }

    /// <summary>Writes the vectors that the index holds, for <see cref="Open"/>. Nothing may be removed from it meanwhile.</summary>
    /// <exception cref="InvalidOperationException">An id went while its vector was being written.</exception>
    public static void Save(IVectorIndex index, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(stream);
        var ids = index.ListIds();
        var vector = new float[index.Dimension];
        var shape = new byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(shape, vector.Length);
        BinaryPrimitives.WriteInt32LittleEndian(shape.AsSpan(sizeof(int)), ids.Length);
        var writer = new SectionWriter(Magic, Version);
        writer.Add("shape", to => to.Write(shape));
        writer.Add("ids", to => to.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(ids)));
        writer.Add("vectors", to =>
        {
            foreach (var id in ids)
            {
                if (!index.TryGetVector(id, vector)) throw new InvalidOperationException($"Id {id} was removed while its vector was being written.");
                to.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(vector));
            }
        });
        writer.WriteTo(stream);
    }

    /// <summary>Maps a file that <see cref="Save"/> wrote: its vectors stay on the disk, and those asked for often in the system's cache.</summary>
    /// <param name="verify">Whether the vectors are checked first, which reads them all; head and ids are in any case.</param>
    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it names the section.</exception>
    public static IVectorSource Open(string path, bool verify = true)
    {
        var region = MemoryRegion.Map(path);
        try
        {
            var file = new SectionFile(region, Magic, Version);
            var shape = file.Checked<int>("shape");
            file.Require(shape.Count == 2 && shape.At(0) is > 0 and <= IndexShape.MaxDimension && shape.At(1) >= 0, "shape", "a value is out of range");
            var order = new IdOrder(file.Checked<long>("ids"));
            file.Require(order.Ids.Count == shape.At(1) && order.IsAscending(), "ids", "they are too many, too few or out of order");
            var values = verify ? file.Checked<float>("vectors") : file.Values<float>("vectors");
            file.Require(values.Count == (long)order.Count * shape.At(0), "vectors", "they are too many or too few");
            values.RestOnDisk();
            return new FlatVectors(shape.At(0), order, values);
        }
        catch
        {
            region.Dispose();
            throw;
        }
    }
}
