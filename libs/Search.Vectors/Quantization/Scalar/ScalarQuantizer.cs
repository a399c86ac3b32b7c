using Search.Vectors.Codes;

namespace Search.Vectors.Quantization.Scalar;

/// <summary>
/// 8 bits a component: 256 levels a dimension, laid over a sample. A quarter of the memory of float32, and scored by one integer dot product
/// (<see cref="CodeKernels"/>). Immutable and thread-safe; trained without chance, so the same sample gives the same quantiser.
/// </summary>
/// <remarks>
/// <para>A component x of dimension d is kept as the code c = round((x − m)/s) + 128, clamped to 0…255, and stands for x̂ = m + s(c − 128), where s and m are the
/// step and the middle level of d. Inside the trained range |x − x̂| ≤ s/2.</para>
/// <para>Scores are asymmetric: the query q is not rounded to those levels. It is folded into weights that are rounded once for all dimensions,
/// w = s·q (s·(q − m) for the Euclidean distance) ≈ t·k, with integers k in −127…127 and one t a query. With D = Σ c·k, which is the integer kernel,
/// Σ w(c − 128) ≈ t·D − 128t·Σk, and so</para>
/// <list type="bullet">
/// <item>inner product, cosine (of vectors at unit length): ⟨q, x̂⟩ = ⟨q, m⟩ + Σ w(c − 128) ≈ [⟨q, m⟩ − 128t·Σk] + t·D + 0;</item>
/// <item>Euclidean: −|q − x̂|² = −|q − m|² + 2 Σ w(c − 128) − |x̂ − m|² ≈ [−|q − m|² − 256t·Σk] + 2t·D + [−|x̂ − m|²].</item>
/// </list>
/// <para>The first bracket and the factor of D are the <see cref="ScalarQuery"/>; the last term is the vector's constant, which <see cref="Encode"/> returns and an
/// index keeps beside the code. Rounding the weights adds at most (t/2) Σ|c − 128| to an inner product, twice that to a squared distance; roundings of
/// different dimensions mostly cancel.</para>
/// </remarks>
public sealed class ScalarQuantizer
{
    private readonly float[] _middles;
    private readonly float[] _steps;
    private readonly float[] _inverseSteps;

    internal ScalarQuantizer(CodeMetric metric, float[] middles, float[] steps)
    {
        Metric = metric;
        _middles = middles;
        _steps = steps;
        // A dimension that never varied has step 0; every value in it gets the middle level.
        _inverseSteps = [.. steps.Select(step => step > 0 && float.IsFinite(1 / step) ? 1 / step : 0)];
        HasSharedStep = steps.AsSpan().IndexOfAnyExcept(steps[0]) < 0;
    }

    /// <summary>What the scores of its codes estimate.</summary>
    public CodeMetric Metric { get; }

    /// <summary>Also the length of a code in bytes.</summary>
    public int Dimension => _steps.Length;

    /// <summary>Whether all dimensions have the same step, which makes <see cref="SquaredDistance"/> fast.</summary>
    public bool HasSharedStep { get; }

    internal ReadOnlySpan<float> Middles => _middles;

    internal ReadOnlySpan<float> Steps => _steps;

    /// <summary>Lays the levels of each dimension over what the sample has in it.</summary>
    /// <param name="sample">A few thousand vectors; at unit length or not under cosine.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option without meaning.</exception>
    public static ScalarQuantizer Train(TrainingSample sample, CodeMetric metric, ScalarQuantizerOptions? options = null) =>
        ScalarTraining.Train(sample, metric, options ?? new ScalarQuantizerOptions());

    /// <summary>Writes the code of <paramref name="vector"/> and returns its constant, to be kept with the code.</summary>
    /// <param name="vector"><see cref="Dimension"/> finite components.</param>
    /// <param name="code"><see cref="Dimension"/> bytes.</param>
    /// <exception cref="ArgumentException">Another dimension, or a component that is not finite.</exception>
    public float Encode(ReadOnlySpan<float> vector, Span<byte> code)
    {
        CodeLength.Require(code.Length, Dimension, nameof(code));
        using var input = new QuantizerInput(vector, Dimension, Metric);
        var squared = 0d;
        for (var i = 0; i < code.Length; i++)
        {
            var level = Math.Clamp(MathF.Round((input.Values[i] - _middles[i]) * _inverseSteps[i]), -128, 127);
            code[i] = (byte)((int)level + 128);
            squared += (double)(_steps[i] * level) * (_steps[i] * level);
        }
        return Metric == CodeMetric.SquaredL2 ? (float)-squared : 0;
    }

    /// <summary>The vector that <paramref name="code"/> stands for.</summary>
    /// <exception cref="ArgumentException">A span of another length than <see cref="Dimension"/>.</exception>
    public void Decode(ReadOnlySpan<byte> code, Span<float> vector)
    {
        CodeLength.Require(code.Length, Dimension, nameof(code));
        CodeLength.Require(vector.Length, Dimension, nameof(vector));
        for (var i = 0; i < code.Length; i++)
            vector[i] = _middles[i] + _steps[i] * (code[i] - 128);
    }

    /// <summary>Prepares a query for any number of codes: its own code, and the numbers that turn dot products into scores.</summary>
    /// <param name="query"><see cref="Dimension"/> finite components.</param>
    /// <param name="code"><see cref="Dimension"/> signed bytes, the caller's scratch.</param>
    /// <exception cref="ArgumentException">Another dimension, or a component that is not finite.</exception>
    public ScalarQuery Prepare(ReadOnlySpan<float> query, Span<sbyte> code)
    {
        CodeLength.Require(code.Length, Dimension, nameof(code));
        using var input = new QuantizerInput(query, Dimension, Metric);
        var weights = input.Values;
        var euclidean = Metric == CodeMetric.SquaredL2;
        double constant = euclidean ? -VectorKernels.SquaredL2(weights, _middles) : VectorKernels.Dot(weights, _middles);
        var largest = QueryWeights.Weigh(weights, euclidean ? _middles : [], _steps);
        var inverse = largest > 0 && float.IsFinite(sbyte.MaxValue / largest) ? sbyte.MaxValue / largest : 0;
        var sum = QueryWeights.Round(weights, inverse, code);
        var scale = (double)largest / sbyte.MaxValue * (euclidean ? 2 : 1);
        return new ScalarQuery((float)(constant - 128 * scale * sum), (float)scale);
    }

    /// <summary>The score of one stored code, as an index computes it in its loop.</summary>
    /// <exception cref="ArgumentException">The codes differ in dimension.</exception>
    public static float Score(in ScalarQuery query, ReadOnlySpan<sbyte> queryCode, ReadOnlySpan<byte> code, float constant) =>
        query.Score(CodeKernels.Dot(code, queryCode), constant);

    /// <summary>
    /// The squared Euclidean distance of the two vectors that the codes stand for. With a shared step one integer kernel; otherwise a
    /// loop some thirty times slower, for tests and rare cases.
    /// </summary>
    /// <exception cref="ArgumentException">A code of another length than <see cref="Dimension"/>.</exception>
    public float SquaredDistance(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        CodeLength.Require(a.Length, Dimension, nameof(a));
        CodeLength.Require(b.Length, Dimension, nameof(b));
        if (HasSharedStep) return _steps[0] * _steps[0] * CodeKernels.SquaredL2(a, b);
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = _steps[i] * (a[i] - b[i]);
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>Writes the quantiser; see <see cref="ScalarQuantizerFile"/> for the format.</summary>
    public void Save(Stream stream) => ScalarQuantizerFile.Write(this, stream);

    /// <summary>Reads what <see cref="Save"/> wrote, and no further.</summary>
    /// <exception cref="InvalidDataException">Not such a file, one from a newer program, or a damaged one.</exception>
    public static ScalarQuantizer Load(Stream stream) => ScalarQuantizerFile.Read(stream);
}
