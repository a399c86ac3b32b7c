namespace Search.Vectors.Simd;

/// <summary>What one register of each of two vectors adds to a sum.</summary>
internal interface IPairStep<TVector>
    where TVector : struct
{
    static abstract TVector Add(TVector a, TVector b, TVector sum);

    /// <summary>The sum of a pair too short for a register.</summary>
    static abstract float Short(ReadOnlySpan<float> a, ReadOnlySpan<float> b);
}
