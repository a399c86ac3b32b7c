using System.Runtime.CompilerServices;

namespace Search.Vectors.Quantization.Scalar;

/// <summary>
/// What a prepared query carries beside its code: a score is <see cref="Offset"/> + <see cref="Scale"/>·dot + the vector's constant, where dot is
/// <see cref="Codes.CodeKernels.Dot(ReadOnlySpan{byte}, ReadOnlySpan{sbyte})"/> of the vector's code and the query's.
/// </summary>
public readonly record struct ScalarQuery(float Offset, float Scale)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int dot, float constant) => Scale * dot + (Offset + constant);
}
