using System.Runtime.Intrinsics;

namespace Search.Vectors.Simd;

/// <summary>
/// What a kernel needs of a register: one implementation a width, so that each kernel is written once and compiled for every width
/// (type arguments that are structs make the compiler inline every call here).
/// </summary>
internal interface ILanes<TVector> : ILaneMath<TVector>
    where TVector : struct
{
    /// <summary>Whether 32 registers are certain, so that four rows of four sums each fit; otherwise two do.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>
    /// The components of one register that end before <paramref name="end"/>, with all but the last <paramref name="fresh"/> set to
    /// zero: the tail of a vector without a scalar loop, for vectors of at least one register.
    /// </summary>
    static abstract TVector LoadTail(ref readonly float origin, nuint end, int fresh);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>The sum of all components, always added in the same order: halves onto each other down to four, then (v0 + v2) + (v1 + v3).</summary>
    static abstract float Sum(TVector value);

    /// <summary>Four sums at once, each with the bits that <see cref="Sum(TVector)"/> gives.</summary>
    static abstract Vector128<float> Sum(TVector a, TVector b, TVector c, TVector d);
}
