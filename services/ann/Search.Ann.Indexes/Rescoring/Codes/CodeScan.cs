using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;
using Search.Ann.Indexes.Storage.Sections;
using Search.Vectors;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>Codes in ascending order of their ids, all of them looked at by every search. Immutable.</summary>
internal sealed class CodeScan<TCode>(TCode code, IndexShape shape, IdOrder order, RegionSlice<byte> rows, CodeOptions? options, TimeSpan buildTime) : IVectorIndex
    where TCode : struct, IVectorCode
{
    private readonly TCode _code = code;

    public string Name => $"codes-{_code.Name}";

    public VectorMetric Metric => shape.Metric;

    public int Dimension => shape.Dimension;

    public int Count => order.Count;

    public bool Contains(long id) => order.PlaceOf(id) >= 0;

    public long[] ListIds() => order.Ids.All.ToArray();

    public bool TryGetVector(long id, Span<float> destination)
    {
        if (destination.Length < Dimension) throw new ArgumentException($"Room for {destination.Length} components where there are {Dimension}.", nameof(destination));
        var place = order.PlaceOf(id);
        if (place >= 0) _code.Decode(Row(place), destination[..Dimension]);
        GC.KeepAlive(this);
        return place >= 0;
    }

    public int Search(ReadOnlySpan<float> query, int k, SearchOptions search, Span<ScoredId> results, out SearchStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        using var checkedQuery = VectorIntake.Prepare(query, shape.Metric, Dimension);
        var top = new TopK(ResultRoom.For(k, order.Count, results));
        var rented = ArrayPool<byte>.Shared.Rent(_code.QueryBytes);
        try
        {
            var prepared = rented.AsSpan(0, _code.QueryBytes);
            _code.Prepare(checkedQuery.Vector, prepared);
            long looked = 0;
            for (var place = 0; place < order.Count; place++)
            {
                var id = order.Ids.At(place);
                if (search.Filter is { } filter && !filter.Passes(id)) continue;
                looked++;
                var score = _code.Score(prepared, Row(place));
                if (score >= top.Threshold) top.Offer(id, score);
            }
            statistics = new SearchStatistics(looked, looked);
            return top.Sort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
            GC.KeepAlive(this);
        }
    }

    public IndexDescription Describe() => new()
    {
        Kind = Name,
        Shape = shape,
        Count = order.Count,
        Vectors = order.Count,
        Options = OptionText.Of(("BytesPerCode", _code.RowBytes), (nameof(CodeOptions.TrainingSample), options?.TrainingSample ?? 0)),
        BuildTime = buildTime,
        Memory = new IndexMemory(
            Vectors: 0, rows.Bytes + _code.SharedBytes, Links: 0, order.Ids.Bytes, Other: 0, Mapped: rows.Region.IsMapped ? rows.Bytes + order.Ids.Bytes : 0),
    };

    public void Save(Stream stream)
    {
        var shapeBytes = new byte[3 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(shapeBytes, (int)shape.Metric);
        BinaryPrimitives.WriteInt32LittleEndian(shapeBytes.AsSpan(sizeof(int)), Dimension);
        BinaryPrimitives.WriteInt32LittleEndian(shapeBytes.AsSpan(2 * sizeof(int)), order.Count);
        var name = Encoding.ASCII.GetBytes(_code.Name);
        var writer = new SectionWriter(CodeIndex.Magic, CodeIndex.Version);
        writer.Add("shape", to => to.Write(shapeBytes));
        writer.Add("code", to => to.Write(name));
        writer.Add("quantiser", _code.Save);
        writer.Add("ids", order.Ids);
        writer.Add("rows", rows);
        writer.WriteTo(stream);
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        order.Ids.Region.Dispose();
        rows.Region.Dispose();
    }

    private ReadOnlySpan<byte> Row(int place) => System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref rows.At((long)place * _code.RowBytes), _code.RowBytes);
}
