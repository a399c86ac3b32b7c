using System.Buffers;

namespace Search.Imaging;

/// <summary>
/// For every output coordinate of one axis: the source pixels it is made of and their weights, which add up to 1.
/// Polynomials in double precision only, so that the weights are the same on every machine.
/// </summary>
internal readonly struct AxisWeights : IDisposable
{
    private readonly float[] _weights;
    private readonly int[] _starts;
    private readonly int[] _counts;

    private AxisWeights(int length, int stride)
    {
        Length = length;
        Stride = stride;
        _weights = ArrayPool<float>.Shared.Rent(length * stride);
        _starts = ArrayPool<int>.Shared.Rent(length);
        _counts = ArrayPool<int>.Shared.Rent(length);
    }

    /// <summary>Number of outputs.</summary>
    public int Length { get; }

    /// <summary>From one output's first weight to the next one's in <see cref="Padded"/>.</summary>
    public int Stride { get; }

    /// <summary>The first source pixel of each output.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Length);

    /// <summary>The number of source pixels of each output.</summary>
    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, Length);

    /// <summary>All weights, each output's followed by zeros, for loops that want one length.</summary>
    public ReadOnlySpan<float> Padded => _weights.AsSpan(0, Length * Stride);

    /// <param name="sourceLength">Pixels of the picture along this axis.</param>
    /// <param name="from">Where the used part starts, in source pixels.</param>
    /// <param name="extent">How long it is.</param>
    /// <param name="length">Output pixels.</param>
    /// <param name="filter">The kernel.</param>
    public static AxisWeights Create(int sourceLength, double from, double extent, int length, ResamplingFilter filter)
    {
        var scale = extent / length;
        var stretch = Math.Max(1, scale);
        var radius = (filter == ResamplingFilter.Triangle ? 1 : 2) * stretch;
        var axis = new AxisWeights(length, (int)Math.Ceiling(radius * 2) + 1);
        for (var i = 0; i < length; i++)
            axis.Fill(i, from + ((i + 0.5) * scale), radius, stretch, sourceLength, filter);
        return axis;
    }

    public ReadOnlySpan<float> Weights(int output) => _weights.AsSpan(output * Stride, _counts[output]);

    /// <summary>First and one past the last source pixel that any output needs.</summary>
    public (int First, int End) SourceRange()
    {
        int first = int.MaxValue, end = 0;
        for (var i = 0; i < Length; i++)
        {
            first = Math.Min(first, _starts[i]);
            end = Math.Max(end, _starts[i] + _counts[i]);
        }

        return (first, end);
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_weights);
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_counts);
    }

    private void Fill(int output, double center, double radius, double stretch, int sourceLength, ResamplingFilter filter)
    {
        var start = Math.Clamp((int)Math.Floor(center - radius), 0, sourceLength - 1);
        var end = Math.Clamp((int)Math.Ceiling(center + radius), start + 1, sourceLength);
        var weights = _weights.AsSpan(output * Stride, Stride);
        double sum = 0;
        var count = 0;
        for (var source = start; source < end; source++)
        {
            var weight = Kernel(filter, (source + 0.5 - center) / stretch);
            if (weight == 0 && count == 0)
            {
                start++;
                continue;
            }

            weights[count++] = (float)weight;
            sum += weight;
        }

        while (count > 1 && weights[count - 1] == 0)
            count--;
        if (sum == 0) // only the clamped edge pixel of a degenerate box
            (start, count, weights[0], sum) = (Math.Min(start, sourceLength - 1), 1, 1, 1);
        for (var i = 0; i < count; i++)
            weights[i] = (float)(weights[i] / sum);
        weights[count..].Clear();
        _starts[output] = start;
        _counts[output] = count;
    }

    private static double Kernel(ResamplingFilter filter, double x)
    {
        x = Math.Abs(x);
        return filter switch
        {
            ResamplingFilter.Triangle => x < 1 ? 1 - x : 0,
            ResamplingFilter.CatmullRom => x < 1 ? (((1.5 * x) - 2.5) * x * x) + 1
                : x < 2 ? (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2
                : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, null),
        };
    }
}
