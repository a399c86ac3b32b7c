using Search.Ann.Indexes.Metrics;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Candidates;

/// <summary>An index of given parts, compiled for its metric.</summary>
internal sealed record CandidateIndexCreation(string Name, string Magic, SlotTable Table, ICandidateSource Source) : IMetricAction<IMutableVectorIndex>
{
    public static IMutableVectorIndex Empty(string name, string magic, IndexShape shape, Func<VectorMetric, SlotTable, ICandidateSource> source)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var table = new SlotTable(shape.Dimension);
        return MetricDispatch.Run(shape.Metric, new CandidateIndexCreation(name, magic, table, source(shape.Metric, table)));
    }

    public static IMutableVectorIndex Read(string name, string magic, Stream stream, Func<ChecksumReader, VectorMetric, SlotTable, ICandidateSource> source)
    {
        var reader = new ChecksumReader(stream);
        var (shape, table) = CandidateFile.Load(reader, magic);
        return MetricDispatch.Run(shape.Metric, new CandidateIndexCreation(name, magic, table, source(reader, shape.Metric, table)));
    }

    public IMutableVectorIndex Run<TMetric>()
        where TMetric : struct, IMetric => new CandidateIndex<TMetric>(Name, Magic, Table, Source);
}
