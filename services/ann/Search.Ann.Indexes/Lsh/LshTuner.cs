using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Tuning;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Chooses the number of tables for a recall that is asked for, by trying some on a sample of the data. The number of functions a table follows from the sizes of buckets and is near the best whatever the
/// data; which number of tables pays depends on them.
/// </summary>
public static class LshTuner
{
    private const int Sample = 10_000;
    private const int Queries = 300;

    // Memory grows with the tables, and time falls slowly: a quarter more of it is a fair price for half the tables.
    private const double Slack = 1.25;

    // Looking into a bucket takes about as long as scoring so many components: 0.12 to 0.2 µs against 0.02 µs for 128 of them. For each that is scored about eleven slots are met and counted.
    private const double ComponentsPerVisit = 768;
    private const double ComponentsPerCandidate = 110;

    private static readonly int[] _tables = [4, 8, 16, 32];

    /// <summary>
    /// The fewest tables with which the target is reached at a price at most a quarter above the lowest. The effort is that of the sample: a larger index needs a larger one, which <see cref="EffortTuner"/> finds
    /// once it is filled.
    /// </summary>
    /// <param name="data">An index of any kind with vectors as they will come. Up to 10,000 of them are tried, on up to 300 others as queries: hash functions know no vector, so these are as good as new ones.</param>
    /// <param name="k">Results wanted; at least 1.</param>
    /// <param name="options">The target; <see cref="EffortTunerOptions.TimeLimit"/> holds for each design.</param>
    /// <returns>The options for an index, what was measured with them on the sample, and with all others tried.</returns>
    /// <exception cref="ArgumentException">An empty index.</exception>
    public static TunedLsh Choose(IVectorIndex data, int k, EffortTunerOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new EffortTunerOptions();
        options.Validate();
        using var sample = SampleOf(data, out var held);
        if (sample.Count == 0) throw new ArgumentException("The index is empty: there is nothing to choose by.", nameof(data));
        var vectors = new float[sample.Count * sample.Dimension];
        var ids = sample.ListIds();
        for (var i = 0; i < ids.Length; i++)
            sample.TryGetVector(ids[i], vectors.AsSpan(i * sample.Dimension, sample.Dimension));
        var meter = RecallMeter.Prepare(sample, held.Length > 0 ? held : QuerySample.Draw(sample, Queries), k, cancellation: cancellation);

        var tried = new List<TriedLsh>();
        foreach (var tables in _tables)
        {
            cancellation.ThrowIfCancellationRequested();
            // The number of functions is left to the design: it follows the index as it grows, and the sample is smaller.
            var design = new LshOptions { Tables = tables };
            using var index = new LshIndexFactory(design).Create(new IndexShape(data.Metric, data.Dimension));
            index.UpsertAll(ids, vectors);
            var tuned = EffortTuner.Tune(index, meter, options);
            var price = tuned.Measured.DistancesPerQuery * (data.Dimension + ComponentsPerCandidate) + tuned.Measured.VisitsPerQuery * ComponentsPerVisit;
            tried.Add(new TriedLsh(design, tuned, price, index.Describe().Memory.Links));
        }
        var lowest = tried.Where(one => one.Effort.ReachesTarget).Select(one => one.Price).DefaultIfEmpty(double.PositiveInfinity).Min();
        var chosen = tried.Where(one => one.Price <= lowest * Slack).OrderByDescending(one => one.Effort.ReachesTarget).ThenBy(one => one.Design.Tables).ThenBy(one => one.Price).First();
        return new TunedLsh(chosen.Design with { Effort = Math.Clamp(chosen.Effort.Effort, 1, 1_000_000) }, chosen, tried);
    }

    /// <param name="held">Vectors that are left out of the sample to be the queries; none of so few that it would be missed.</param>
    private static IMutableVectorIndex SampleOf(IVectorIndex data, out float[] held)
    {
        var ids = data.ListIds();
        var sample = new ExactIndexFactory().Create(new IndexShape(data.Metric, data.Dimension));
        var vector = new float[data.Dimension];
        var queries = new List<float>();
        var count = Math.Min(Sample + Queries, ids.Length);
        var heldOut = Math.Min(Queries, count / 10);
        for (var i = 0; i < count; i++)
        {
            var id = ids[(long)i * ids.Length / count];
            if (!data.TryGetVector(id, vector)) continue;
            // Spread evenly over the others.
            if ((long)i * heldOut / count != (i + 1L) * heldOut / count) queries.AddRange(vector);
            else sample.Upsert(id, vector);
        }
        held = [.. queries];
        return sample;
    }
}

/// <summary>One design of tables, tried on a sample.</summary>
/// <param name="Effort">The effort that it needs for the target, and its recall.</param>
/// <param name="Price">Of a query: components scored, or looking into buckets in the same unit.</param>
/// <param name="Bytes">Of the tables.</param>
public sealed record TriedLsh(LshOptions Design, TunedEffort Effort, double Price, long Bytes);

/// <summary>The design that was chosen.</summary>
/// <param name="Options">For an index of the data.</param>
/// <param name="Chosen">What was measured with it on the sample.</param>
/// <param name="Tried">All designs, in the order in which they were tried.</param>
public sealed record TunedLsh(LshOptions Options, TriedLsh Chosen, IReadOnlyList<TriedLsh> Tried);
