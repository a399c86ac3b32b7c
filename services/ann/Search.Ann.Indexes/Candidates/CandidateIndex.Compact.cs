namespace Search.Ann.Indexes.Candidates;

/// <content>
/// Closing the gaps that removed vectors left: those from the end move into them, and what proposes slots is copied with the new numbers beside the searches. These wait for the moment in which the ids of what
/// moved get their new slots, a tenth of a microsecond each.
/// </content>
internal sealed partial class CandidateIndex<TMetric>
{
    public long Compact()
    {
        using var writing = _gate.Write();
        var before = Describe().Memory.Total;
        var moves = _table.PlanCompaction(out var renamed);
        if (!_source.TryPlanRename(renamed)) return 0;
        _table.CopyVectors(moves);
        using (_gate.Publish())
        {
            _source.Commit();
            _table.Compact(moves);
        }
        _table.Register(moves);
        return before - Describe().Memory.Total;
    }
}
