using Search.Vectors.Codes;
using Search.Vectors.Files;

namespace Search.Vectors.Quantization.Binary;

/// <summary>
/// One bit a component: on which side of the sample's mean it lies. A thirty-second of the memory of float32, scored by counting differing bits; only
/// good enough to choose candidates for exact rescoring, and the better the more dimensions there are. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Each bit is the sign of a projection onto an axis, as random hyperplanes are (Charikar, "Similarity estimation techniques from rounding algorithms",
/// 2002): two vectors at angle θ, seen from the mean, differ in about a share θ/π of the bits.
/// </remarks>
public sealed class BinaryQuantizer
{
    private const string Magic = "BINQUANT";
    private const int Version = 2;
    private const int WordBits = 64;

    private readonly float[] _centre;
    private readonly float _spread;

    private BinaryQuantizer(float[] centre, float spread) => (_centre, _spread) = (centre, spread);

    /// <summary>Components of a vector.</summary>
    public int Dimension => _centre.Length;

    /// <summary>Bytes of a code: a bit a dimension, in whole 64-bit words.</summary>
    public int CodeLength => (Dimension + WordBits - 1) / WordBits * sizeof(ulong);

    /// <summary>Takes the mean of the sample as the centre. Vectors whose length carries no meaning (cosine) should be of unit length, here and in <see cref="Encode"/>.</summary>
    public static BinaryQuantizer Train(TrainingSample sample)
    {
        var sums = new double[sample.Dimension];
        for (var row = 0; row < sample.Count; row++)
        {
            var vector = sample[row];
            for (var d = 0; d < sums.Length; d++)
                sums[d] += vector[d];
        }
        var count = sample.Count;
        float[] centre = [.. sums.Select(sum => (float)(sum / count))];
        var distances = 0d;
        for (var row = 0; row < count; row++)
        {
            var vector = sample[row];
            for (var d = 0; d < centre.Length; d++)
                distances += Math.Abs((double)vector[d] - centre[d]);
        }
        return new BinaryQuantizer(centre, (float)(distances / count / centre.Length));
    }

    /// <summary>Writes the code of <paramref name="vector"/>.</summary>
    /// <param name="vector"><see cref="Dimension"/> finite components.</param>
    /// <param name="code"><see cref="CodeLength"/> bytes; the bits past the dimension are 0.</param>
    /// <exception cref="ArgumentException">Another dimension or length, or a component that is not finite.</exception>
    public void Encode(ReadOnlySpan<float> vector, Span<byte> code)
    {
        if (vector.Length != Dimension) throw new ArgumentException($"The quantiser is for {Dimension} dimensions; the vector has {vector.Length}.", nameof(vector));
        if (!VectorKernels.IsFinite(vector)) throw new ArgumentException("The vector has a component that is NaN or infinite.", nameof(vector));
        Quantization.CodeLength.Require(code.Length, CodeLength, nameof(code));
        for (var at = 0; at < code.Length; at++)
        {
            var bits = 0;
            for (var d = at * 8; d < Math.Min(at * 8 + 8, vector.Length); d++)
                bits |= vector[d] > _centre[d] ? 1 << (d & 7) : 0;
            code[at] = (byte)bits;
        }
    }

    /// <summary>A vector on the sides that <paramref name="code"/> tells, in each dimension as far from the centre as the sample was on average.</summary>
    /// <exception cref="ArgumentException">A code or vector of another length.</exception>
    public void Decode(ReadOnlySpan<byte> code, Span<float> vector)
    {
        Quantization.CodeLength.Require(code.Length, CodeLength, nameof(code));
        Quantization.CodeLength.Require(vector.Length, Dimension, nameof(vector));
        for (var d = 0; d < vector.Length; d++)
            vector[d] = _centre[d] + ((code[d >> 3] >> (d & 7) & 1) == 1 ? _spread : -_spread);
    }

    /// <summary>Minus the number of bits in which the codes differ: from -<see cref="Dimension"/> to 0, and larger for more similar vectors.</summary>
    /// <exception cref="ArgumentException">The codes differ in length.</exception>
    public static int Score(ReadOnlySpan<byte> query, ReadOnlySpan<byte> code) => -HammingKernel.Distance(query, code);

    /// <summary>
    /// Version 2, little-endian: magic "BINQUANT", int32 version; int32 dimension D, CRC-32C; D float32 components of the centre, float32 mean distance from it a dimension, CRC-32C. Version 1 had no
    /// distance; its codes decode to the centre.
    /// </summary>
    public void Save(Stream stream)
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        writer.Write(Dimension);
        writer.EndSection();
        writer.Write<float>(_centre);
        writer.Write(_spread);
        writer.EndSection();
    }

    /// <summary>Reads what <see cref="Save"/> wrote, and no further.</summary>
    /// <exception cref="InvalidDataException">Not such a file, one from a newer program, or a damaged one.</exception>
    public static BinaryQuantizer Load(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        var version = reader.ReadHead(Magic, Version);
        var dimension = reader.Read<int>();
        reader.EndSection("head");
        reader.Require(dimension is >= 1 and <= CodeKernels.MaxDimension, "head", $"{dimension} is no dimension");
        var centre = new float[dimension];
        reader.Read<float>(centre);
        var spread = version >= 2 ? reader.Read<float>() : 0;
        reader.EndSection("centre");
        reader.Require(VectorKernels.IsFinite(centre) && float.IsFinite(spread) && spread >= 0, "centre", "a component is not a number");
        return new BinaryQuantizer(centre, spread);
    }
}
