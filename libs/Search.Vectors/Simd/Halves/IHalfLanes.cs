namespace Search.Vectors.Simd.Halves;

/// <summary>
/// Loads float16 as float32, one implementation a width. .NET 10 has no conversion instruction, so the bits are moved: sign and the other 15 to their places, then the
/// exponent's bias is made up by a multiplication with 2^112, exact for denormals too. Infinity and NaN would come out as numbers; rows have none.
/// </summary>
internal interface IHalfLanes<TVector>
    where TVector : struct
{
    static abstract TVector Load(ref readonly ushort origin, nuint index);

    /// <inheritdoc cref="ILanes{TVector}.LoadTail"/>
    static abstract TVector LoadTail(ref readonly ushort origin, nuint end, int fresh);
}
