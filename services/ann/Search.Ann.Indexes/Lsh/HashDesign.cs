using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Chooses the hash functions for a number of vectors from a sample of them. Directions are drawn at random and made orthogonal within a table, which lowers
/// the variance of the estimated angle (Ji et al., "Super-bit locality-sensitive hashing", NIPS 2012). Sides are told at the sample's median, so that
/// each halves the data wherever its centre is. Cells are twice as wide as the projections deviate, and shifted at random. A table has as many
/// functions as it takes for a vector to share its bucket with about <see cref="BucketSize"/> others, by the pairs of the sample that collide.
/// </summary>
internal static class HashDesign
{
    public const int SampleSize = 1_000;

    /// <summary>
    /// Smaller buckets take more probes, larger ones tell less of who is in them. Measured on Fashion-MNIST and on clusters of 128 dimensions, by distances, probes and slots met at recall 0.9.
    /// </summary>
    public const double BucketSize = 192;

    private const double DeviationsPerCell = 2;

    /// <param name="expected">Vectors the tables are made for.</param>
    /// <param name="sample">Slots of some of those there are, at least one.</param>
    public static HashFunctions For(LshOptions options, VectorMetric metric, int expected, SlotTable table, ReadOnlySpan<int> sample)
    {
        var dimension = table.Vectors.Dimension;
        var lifts = metric == VectorMetric.InnerProduct;
        // A table cannot have more functions at right angles than there are dimensions, lifted one included; beyond it they are just random.
        var most = options.Functions > 0 ? options.Functions : HashFunctions.MostPerTable;
        var directions = Directions(options, dimension, most, lifts, expected, out var lifted);
        var reach = lifts ? Reach(table.Vectors, sample) : 0;

        var probing = new HashFunctions(options.Tables, most, 0, reach, directions, options.Seed);
        lifted.CopyTo(probing.Lifts, 0);
        var projections = new float[sample.Length][];
        for (var i = 0; i < sample.Length; i++)
            probing.ProjectStored(table.Vectors.Row(sample[i]), projections[i] = new float[probing.Count]);

        var width = metric == VectorMetric.SquaredL2 ? options.Width > 0 ? options.Width : Width(projections) : 0;
        var offsets = Offsets(projections, width, options.Seed);
        var perTable = options.Functions > 0 ? options.Functions : Enough(probing, projections, offsets, width, expected);

        var functions = new HashFunctions(options.Tables, perTable, width, reach, new VectorRows(dimension), options.Seed);
        functions.Directions.EnsureCapacity(functions.Count);
        for (var f = 0; f < functions.Count; f++)
        {
            var from = f / perTable * most + f % perTable;
            directions.Row(from).CopyTo(functions.Directions.Row(f));
            (functions.Offsets[f], functions.Lifts[f]) = (offsets[from], lifted[from]);
        }
        return functions;
    }

    private static VectorRows Directions(LshOptions options, int dimension, int perTable, bool lifts, int expected, out float[] lifted)
    {
        var rows = new VectorRows(dimension);
        rows.EnsureCapacity(options.Tables * perTable);
        lifted = new float[options.Tables * perTable];
        for (var f = 0; f < lifted.Length; f++)
        {
            var row = rows.Row(f);
            var draw = Draw.For(options.Seed, expected, f, 0);
            foreach (ref var component in row)
                component = (float)draw.NextGaussian();
            if (lifts) lifted[f] = (float)draw.NextGaussian();
            // Against those before it in its table, or in its group of as many as there are dimensions.
            var first = f - f % perTable % dimension;
            for (var other = first; other < f; other++)
            {
                var along = VectorKernels.Dot(row, rows.Row(other)) + lifted[f] * lifted[other];
                for (var i = 0; i < row.Length; i++)
                    row[i] -= along * rows.Row(other)[i];
                lifted[f] -= along * lifted[other];
            }
            var scale = 1 / Math.Sqrt(VectorKernels.SquaredNorm(row) + (double)lifted[f] * lifted[f]);
            foreach (ref var component in row)
                component = (float)(component * scale);
            lifted[f] = (float)(lifted[f] * scale);
        }
        return rows;
    }

    private static float Reach(VectorRows vectors, ReadOnlySpan<int> sample)
    {
        // Never 0, which stands for not lifting at all.
        var longest = double.Epsilon;
        foreach (var slot in sample)
            longest = Math.Max(longest, VectorKernels.SquaredNorm(vectors.Row(slot)));
        return MathF.Max(1e-18f, (float)Math.Sqrt(longest));
    }

    private static float Width(float[][] projections)
    {
        var count = projections[0].Length;
        var deviations = new double[count];
        for (var f = 0; f < count; f++)
        {
            var mean = projections.Average(p => (double)p[f]);
            deviations[f] = Math.Sqrt(projections.Average(p => (p[f] - mean) * (p[f] - mean)));
        }
        Array.Sort(deviations);
        // All equal: any width will do, but for none.
        return Math.Clamp((float)(DeviationsPerCell * deviations[count / 2]), 1e-18f, 1e19f);
    }

    private static float[] Offsets(float[][] projections, float width, ulong seed)
    {
        var offsets = new float[projections[0].Length];
        var column = new float[projections.Length];
        for (var f = 0; f < offsets.Length; f++)
        {
            for (var i = 0; i < column.Length; i++)
                column[i] = projections[i][f];
            Array.Sort(column);
            // Around the median, so that values are small and far from the end of the integers.
            offsets[f] = -column[column.Length / 2];
            if (width > 0) offsets[f] += (float)(Draw.For(seed, f, 1, 0).NextDouble() * width);
        }
        return offsets;
    }

    private static int Enough(HashFunctions functions, float[][] projections, float[] offsets, float width, int expected)
    {
        var measuring = new HashFunctions(1, 1, width, 0, functions.Directions, 0);
        var groups = new int[projections.Length];
        for (var used = 0; used < functions.PerTable; used++)
        {
            // Pairs that collide under the functions of the first table so far, each vector with itself left out.
            var pairs = groups.GroupBy(group => group).Sum(group => (double)group.Count() * (group.Count() - 1));
            if (used > 0 && pairs / ((double)groups.Length * Math.Max(1, groups.Length - 1)) * expected <= BucketSize) return used;
            var numbers = new Dictionary<(int Group, int Value), int>();
            for (var i = 0; i < groups.Length; i++)
            {
                var cell = (groups[i], measuring.Value(projections[i][used] + offsets[used]));
                if (!numbers.TryGetValue(cell, out var number)) numbers.Add(cell, number = numbers.Count);
                groups[i] = number;
            }
        }
        return functions.PerTable;
    }
}
