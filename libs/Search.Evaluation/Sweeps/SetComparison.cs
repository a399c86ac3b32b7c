namespace Search.Evaluation.Sweeps;

/// <summary>
/// All engines on one set. Ratios are taken within a round, where the engines ran right after each other, and the median of the rounds is what counts: a machine that slows down for a while slows both sides.
/// </summary>
internal sealed class SetComparison
{
    /// <summary>What the names of our engines start with.</summary>
    public const string OursPrefix = "ours-";

    private readonly Dictionary<string, Dictionary<int, Run>> _runs;

    /// <param name="points">Of this set alone.</param>
    public SetComparison(SweepSet set, IEnumerable<SweepPoint> points)
    {
        Set = set;
        _runs = points.GroupBy(point => point.Engine, StringComparer.Ordinal).ToDictionary(
            engine => engine.Key,
            engine => engine.GroupBy(point => point.Round).ToDictionary(round => round.Key, round => new Run(round)),
            StringComparer.Ordinal);
        Engines = [.. _runs.Keys.OrderByDescending(IsOurs).ThenBy(engine => engine, StringComparer.Ordinal)];
    }

    public SweepSet Set { get; }

    /// <summary>Ours first, then the peers.</summary>
    public IReadOnlyList<string> Engines { get; }

    public IEnumerable<string> Ours => Engines.Where(IsOurs);

    public IEnumerable<string> Peers => Engines.Where(engine => !IsOurs(engine));

    public int Rounds => _runs.Values.Max(rounds => rounds.Count);

    public static bool IsOurs(string engine) => engine.StartsWith(OursPrefix, StringComparison.Ordinal);

    public bool Has(string engine) => _runs.ContainsKey(engine);

    public double MostRecall(string engine) => _runs[engine].Values.Max(run => run.Curve.MostRecall);

    public double? QueriesPerSecond(string engine, double recall) => Median.Of(_runs[engine].Values.Select(run => run.Curve.QueriesPerSecondAt(recall)));

    public double? BuildSeconds(string engine) => Median.Of(_runs[engine].Values.Select(run => run.BuildSeconds));

    public double? BytesAVector(string engine) => Median.Of(_runs[engine].Values.Select(run => (double?)run.Bytes)) / Set.Count;

    public double? Ratio(string engine, string peer, double recall) => Ratio(engine, peer, run => run.Curve.QueriesPerSecondAt(recall));

    public double? BuildRatio(string engine, string peer) => Ratio(engine, peer, run => run.BuildSeconds);

    public double? BytesRatio(string engine, string peer) => BytesAVector(engine) / BytesAVector(peer);

    /// <summary>The fastest of some engines at a recall, by the median of the rounds; null where none gets there.</summary>
    public string? Fastest(IEnumerable<string> engines, double recall) => engines.Where(engine => QueriesPerSecond(engine, recall) is not null).MaxBy(engine => QueriesPerSecond(engine, recall));

    private double? Ratio(string engine, string peer, Func<Run, double?> of)
    {
        if (!Has(engine) || !Has(peer)) return null;
        var others = _runs[peer];
        return Median.Of(_runs[engine].Where(round => others.ContainsKey(round.Key)).Select(round => of(round.Value) / of(others[round.Key])));
    }

    private sealed class Run(IEnumerable<SweepPoint> points)
    {
        private readonly SweepPoint[] _points = [.. points];

        public RecallCurve Curve => field ??= new RecallCurve(_points.Select(point => (point.Recall, point.QueriesPerSecond)));

        // One that builds anew for each effort is taken at its best.
        public double? BuildSeconds => _points.Min(point => point.BuildSeconds);

        public long? Bytes => _points.Min(point => point.Bytes);
    }
}
