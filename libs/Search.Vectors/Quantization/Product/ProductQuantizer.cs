namespace Search.Vectors.Quantization.Product;

/// <summary>
/// One byte for every few components: Jégou, Douze and Schmid, "Product quantization for nearest neighbor search", 2011. The dimensions are cut into sub-spaces; in
/// each a vector is replaced by the nearest of 256 centroids, learnt by k-means. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Scores are asymmetric (the paper's ADC): the query keeps its floats. <see cref="Prepare"/> tabulates its score with every centroid of every sub-space once; a code's score
/// is a sum of table entries, and equals the exact score of the query with the decoded vector but for float rounding. So |√d(q, x̂) − √d(q, x)| ≤ |x − x̂|, the error of decoding.
/// </remarks>
public sealed class ProductQuantizer
{
    internal const int Centroids = 256;

    private readonly SubSpace[] _subSpaces;

    internal ProductQuantizer(CodeMetric metric, int dimension, SubSpace[] subSpaces)
    {
        Metric = metric;
        Dimension = dimension;
        _subSpaces = subSpaces;
    }

    /// <summary>What the scores of its codes estimate.</summary>
    public CodeMetric Metric { get; }

    /// <summary>Components of a vector.</summary>
    public int Dimension { get; }

    /// <summary>Bytes of a code: one a sub-space.</summary>
    public int CodeLength => _subSpaces.Length;

    /// <summary>Floats of a prepared query: 256 a sub-space.</summary>
    public int TableLength => _subSpaces.Length * Centroids;

    internal ReadOnlySpan<SubSpace> SubSpaces => _subSpaces;

    /// <summary>Learns the centroids, the sub-spaces on all processors.</summary>
    /// <param name="sample">Some 10,000 vectors are plenty; with fewer than 256 every vector is a centroid.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option without meaning.</exception>
    public static ProductQuantizer Train(TrainingSample sample, CodeMetric metric, ProductQuantizerOptions? options = null)
    {
        options ??= new ProductQuantizerOptions();
        var (dimension, count) = (sample.Dimension, sample.Count);
        var subSpaces = new SubSpace[options.SubSpacesOf(dimension)];
        var rows = sample.For(metric);
        Parallel.For(0, subSpaces.Length, s =>
        {
            var (start, length) = SubSpace.Range(s, subSpaces.Length, dimension);
            var part = new float[count * length];
            for (var row = 0; row < count; row++)
                rows.AsSpan(row * dimension + start, length).CopyTo(part.AsSpan(row * length));
            subSpaces[s] = new SubSpace(start, length, new CentroidTraining(part, length).Run(options.Rounds, options.Seed + s));
        });
        return new ProductQuantizer(metric, dimension, subSpaces);
    }

    /// <summary>Writes the nearest centroid of every sub-space.</summary>
    /// <param name="vector"><see cref="Dimension"/> finite components.</param>
    /// <param name="code"><see cref="CodeLength"/> bytes.</param>
    /// <exception cref="ArgumentException">Another dimension or length, or a component that is not finite.</exception>
    public void Encode(ReadOnlySpan<float> vector, Span<byte> code)
    {
        Quantization.CodeLength.Require(code.Length, CodeLength, nameof(code));
        using var input = new QuantizerInput(vector, Dimension, Metric);
        Span<float> distances = stackalloc float[Centroids];
        for (var s = 0; s < code.Length; s++)
            code[s] = _subSpaces[s].Nearest(input.Values, distances);
    }

    /// <summary>The vector that <paramref name="code"/> stands for.</summary>
    /// <exception cref="ArgumentException">A code or vector of another length.</exception>
    public void Decode(ReadOnlySpan<byte> code, Span<float> vector)
    {
        Quantization.CodeLength.Require(code.Length, CodeLength, nameof(code));
        Quantization.CodeLength.Require(vector.Length, Dimension, nameof(vector));
        for (var s = 0; s < code.Length; s++)
            _subSpaces[s].Decode(code[s], vector);
    }

    /// <summary>Tabulates a query's scores with all centroids.</summary>
    /// <param name="query"><see cref="Dimension"/> finite components.</param>
    /// <param name="tables"><see cref="TableLength"/> floats, the caller's scratch.</param>
    /// <exception cref="ArgumentException">Another dimension or length, or a component that is not finite.</exception>
    public void Prepare(ReadOnlySpan<float> query, Span<float> tables)
    {
        Quantization.CodeLength.Require(tables.Length, TableLength, nameof(tables));
        using var input = new QuantizerInput(query, Dimension, Metric);
        for (var s = 0; s < _subSpaces.Length; s++)
            _subSpaces[s].Score(input.Values, Metric, tables.Slice(s * Centroids, Centroids));
    }

    /// <summary>The score of one code with a prepared query. Grows with similarity under every metric.</summary>
    /// <exception cref="ArgumentException">The tables are not those of a code of this length.</exception>
    public static float Score(ReadOnlySpan<float> tables, ReadOnlySpan<byte> code)
    {
        Quantization.CodeLength.Require(tables.Length, code.Length * Centroids, nameof(tables));
        return TableSum.Of(tables, code);
    }

    /// <summary>Writes the quantiser; see <see cref="ProductQuantizerFile"/> for the format.</summary>
    public void Save(Stream stream) => ProductQuantizerFile.Write(this, stream);

    /// <summary>Reads what <see cref="Save"/> wrote, and no further.</summary>
    /// <exception cref="InvalidDataException">Not such a file, one from a newer program, or a damaged one.</exception>
    public static ProductQuantizer Load(Stream stream) => ProductQuantizerFile.Read(stream);
}
