using System.Diagnostics;
using System.Text;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Storage.Sections;
using Search.Vectors.Quantization;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>
/// Indexes of codes alone, scanned by every search. Their scores are those of codes, whatever the effort: put a <see cref="RescoredIndex"/> around one for exact scores. The file is one of sections
/// (docs/index-format.md), magic "SEARCHCS", version 1: "shape" (int32 metric, dimension, count), "code" (its name), "quantiser" (its own file), "ids" (int64 each, ascending) and "rows".
/// </summary>
public static class CodeIndex
{
    internal const string Magic = "SEARCHCS";
    internal const int Version = 1;

    /// <summary>Codes of all vectors that the index holds now.</summary>
    /// <exception cref="ArgumentException">An empty index: there is nothing to train a code on.</exception>
    public static IVectorIndex Build(IVectorIndex index, CodeOptions code)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(code);
        ArgumentOutOfRangeException.ThrowIfLessThan(code.TrainingSample, 1, nameof(code));
        var started = Stopwatch.GetTimestamp();
        var ids = index.ListIds();
        var dimension = index.Dimension;
        var wanted = Math.Min(code.TrainingSample, ids.Length);
        var sample = new List<float>();
        var vector = new float[dimension];
        for (var i = 0; i < wanted; i++)
        {
            if (index.TryGetVector(ids[(long)i * ids.Length / wanted], vector)) sample.AddRange(vector);
        }
        if (sample.Count == 0) throw new ArgumentException("The index is empty: there is nothing to train a code on.", nameof(index));
        return code.Train(new TrainingSample(sample.ToArray(), dimension), index.Metric, new Building(index, ids, code, started));
    }

    /// <summary>Maps a file that <see cref="IVectorIndex.Save"/> of an index of codes wrote, and checks all of it.</summary>
    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it names the section.</exception>
    public static IVectorIndex Open(string path)
    {
        var region = MemoryRegion.Map(path);
        try
        {
            var file = new SectionFile(region, Magic, Version);
            var shape = file.Checked<int>("shape");
            file.Require(
                shape.Count == 3 && Enum.IsDefined((VectorMetric)shape.At(0)) && shape.At(1) is > 0 and <= IndexShape.MaxDimension && shape.At(2) >= 0, "shape", "a value is out of range");
            var order = new IdOrder(file.Checked<long>("ids"));
            file.Require(order.Ids.Count == shape.At(2) && order.IsAscending(), "ids", "they are too many, too few or out of order");
            var name = Encoding.ASCII.GetString(file.Checked<byte>("code").All);
            file.Require(VectorCodes.IsKnown(name), "code", "no code of that name is known");
            using var quantizer = new MemoryStream(file.Checked<byte>("quantiser").All.ToArray());
            return VectorCodes.Load(name, quantizer, new Opening(file, new IndexShape((VectorMetric)shape.At(0), shape.At(1)), order, file.Checked<byte>("rows")));
        }
        catch
        {
            region.Dispose();
            throw;
        }
    }

    private sealed record Opening(SectionFile File, IndexShape Shape, IdOrder Order, RegionSlice<byte> Rows) : ICodeAction<IVectorIndex>
    {
        public IVectorIndex Run<TCode>(TCode code)
            where TCode : struct, IVectorCode
        {
            File.Require(code.Dimension == Shape.Dimension, "quantiser", "it is for another dimension");
            File.Require(Rows.Count == (long)Order.Count * code.RowBytes, "rows", "they are too many or too few");
            return new CodeScan<TCode>(code, Shape, Order, Rows, null, TimeSpan.Zero);
        }
    }

    private sealed record Building(IVectorIndex Index, long[] Ids, CodeOptions Options, long Started) : ICodeAction<IVectorIndex>
    {
        public IVectorIndex Run<TCode>(TCode code)
            where TCode : struct, IVectorCode
        {
            var rows = RegionSlice<byte>.Allocate((long)Ids.Length * code.RowBytes);
            var vector = new float[Index.Dimension];
            var kept = 0;
            foreach (var id in Ids)
            {
                // One that was removed since it was listed is left out.
                if (!Index.TryGetVector(id, vector)) continue;
                code.Encode(vector, rows.Span((long)kept * code.RowBytes, code.RowBytes));
                Ids[kept++] = id;
            }
            var shape = new IndexShape(Index.Metric, Index.Dimension);
            return new CodeScan<TCode>(
                code, shape, IdOrder.Of(Ids.AsSpan(0, kept)), new RegionSlice<byte>(rows.Region, 0, (long)kept * code.RowBytes), Options, Stopwatch.GetElapsedTime(Started));
        }
    }
}
