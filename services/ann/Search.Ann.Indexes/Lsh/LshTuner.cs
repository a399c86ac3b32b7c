using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Tuning;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Chooses the number of tables and of functions a table for a recall that is asked for, by trying them on a sample of the data. What <see cref="HashDesign"/> takes for the functions by the
/// sizes of buckets alone is near the best; which number of tables pays depends on the data.
/// </summary>
public static class LshTuner
{
    private const int Sample = 10_000;
    private const int Queries = 300;

    // Memory grows with the tables, and time falls slowly: a quarter more of it is a fair price for half the tables.
    private const double Slack = 1.25;

    // Looking into a bucket takes about as long as scoring so many components: 0.12 to 0.2 µs against 0.02 µs for 128 of them.
    private const double ComponentsPerVisit = 768;

    private static readonly int[] _tables = [4, 8, 16, 32];
    private static readonly int[] _functionSteps = [-2, 0, 2];

    /// <summary>
    /// The fewest tables with which the target is reached at a price at most a quarter above the lowest. The effort is that of the sample: a larger index needs a larger one, which <see cref="EffortTuner"/> finds
    /// once it is filled.
    /// </summary>
    /// <param name="data">An index of any kind with vectors as they will come. Up to 10,000 of them are tried, on queries made from them (<see cref="QuerySample"/>).</param>
    /// <param name="k">Results wanted; at least 1.</param>
    /// <param name="options">The target; <see cref="EffortTunerOptions.TimeLimit"/> holds for each design.</param>
    /// <returns>The options for an index, what was measured with them on the sample, and with all others tried.</returns>
    /// <exception cref="ArgumentException">An empty index.</exception>
    public static TunedLsh Choose(IVectorIndex data, int k, EffortTunerOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new EffortTunerOptions();
        options.Validate();
        using var sample = SampleOf(data);
        if (sample.Count == 0) throw new ArgumentException("The index is empty: there is nothing to choose by.", nameof(data));
        var vectors = new float[sample.Count * sample.Dimension];
        var ids = sample.ListIds();
        for (var i = 0; i < ids.Length; i++)
            sample.TryGetVector(ids[i], vectors.AsSpan(i * sample.Dimension, sample.Dimension));
        var meter = RecallMeter.Prepare(sample, QuerySample.Draw(sample, Queries), k, cancellation: cancellation);

        var tried = new List<TriedLsh>();
        foreach (var tables in _tables)
        {
            var byData = 0;
            foreach (var step in _functionSteps.OrderBy(Math.Abs))
            {
                cancellation.ThrowIfCancellationRequested();
                // 0 leaves it to the design, and says what that took.
                var design = new LshOptions { Tables = tables, Functions = step == 0 ? 0 : Math.Clamp(byData + step, 1, HashFunctions.MostPerTable) };
                using var index = new LshIndexFactory(design).Create(new IndexShape(data.Metric, data.Dimension));
                index.UpsertAll(ids, vectors);
                if (step == 0) byData = int.Parse(index.Describe().Options[nameof(LshOptions.Functions)], System.Globalization.CultureInfo.InvariantCulture);
                var tuned = EffortTuner.Tune(index, meter, options);
                var price = tuned.Measured.DistancesPerQuery * data.Dimension + tuned.Measured.VisitsPerQuery * ComponentsPerVisit;
                // By the data, the number of functions follows the index as it grows.
                tried.Add(new TriedLsh(design, byData + step, tuned, price, index.Describe().Memory.Links));
            }
        }
        var lowest = tried.Where(one => one.Effort.ReachesTarget).Select(one => one.Price).DefaultIfEmpty(double.PositiveInfinity).Min();
        var chosen = tried.Where(one => one.Price <= lowest * Slack).OrderByDescending(one => one.Effort.ReachesTarget).ThenBy(one => one.Design.Tables).ThenBy(one => one.Price).First();
        return new TunedLsh(chosen.Design with { Effort = Math.Clamp(chosen.Effort.Effort, 1, 1_000_000) }, chosen, tried);
    }

    private static IMutableVectorIndex SampleOf(IVectorIndex data)
    {
        var ids = data.ListIds();
        var sample = new ExactIndexFactory().Create(new IndexShape(data.Metric, data.Dimension));
        var vector = new float[data.Dimension];
        var count = Math.Min(Sample, ids.Length);
        for (var i = 0; i < count; i++)
        {
            var id = ids[(long)i * ids.Length / count];
            if (data.TryGetVector(id, vector)) sample.Upsert(id, vector);
        }
        return sample;
    }
}

/// <summary>One design of tables, tried on a sample.</summary>
/// <param name="Functions">A table; also where the design left it to the data.</param>
/// <param name="Effort">The effort that it needs for the target, and its recall.</param>
/// <param name="Price">Of a query: components scored, or looking into buckets in the same unit.</param>
/// <param name="Bytes">Of the tables.</param>
public sealed record TriedLsh(LshOptions Design, int Functions, TunedEffort Effort, double Price, long Bytes);

/// <summary>The design that was chosen.</summary>
/// <param name="Options">For an index of the data.</param>
/// <param name="Chosen">What was measured with it on the sample.</param>
/// <param name="Tried">All designs, in the order in which they were tried.</param>
public sealed record TunedLsh(LshOptions Options, TriedLsh Chosen, IReadOnlyList<TriedLsh> Tried);
