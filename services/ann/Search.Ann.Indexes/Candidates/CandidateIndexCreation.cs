using Search.Ann.Indexes.Metrics;

namespace Search.Ann.Indexes.Candidates;

/// <summary>An index of given parts, compiled for its metric.</summary>
internal sealed record CandidateIndexCreation(string Name, string Magic, SlotTable Table, ICandidateSource Source) : IMetricAction<IMutableVectorIndex>
{
    public IMutableVectorIndex Run<TMetric>()
        where TMetric : struct, IMetric => new CandidateIndex<TMetric>(Name, Magic, Table, Source);
}
