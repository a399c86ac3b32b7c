using System.Runtime.CompilerServices;

namespace Search.Vectors.Quantization.Scalar;

/// <summary>
/// What a prepared query carries beside its code: a score is <see cref="Offset"/> + <see cref="Scale"/>·dot + the vector's constant, where dot is
/// <see cref="Codes.CodeKernels.Dot(ReadOnlySpan{byte}, ReadOnlySpan{sbyte})"/> of the vector's code and the query's.
/// </summary>
/// <param name="Offset">What the query alone adds to a score.</param>
/// <param name="Scale">Score per unit of the integer product.</param>
public readonly record struct ScalarQuery(float Offset, float Scale)
{
    /// <summary>The estimate of the metric's score: higher for the more similar.</summary>
    /// <param name="dot">Product of the two codes.</param>
    /// <param name="constant">What <see cref="ScalarQuantizer.Encode"/> returned for the vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int dot, float constant) => Scale * dot + (Offset + constant);
}
