namespace Search.Vectors.Simd;

/// <summary>What a kernel needs that never looks across the components of a register. One float is a register, too: that is the scalar path.</summary>
internal interface ILaneMath<TVector>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Load(ref readonly float origin, nuint index);

    static abstract void Store(TVector value, ref float origin, nuint index);

    static abstract TVector Broadcast(float value);

    /// <summary>a·b + c, fused where the processor fuses.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>Whether any component of <paramref name="a"/> is at least that of <paramref name="b"/>.</summary>
    static abstract bool AnyAtLeast(TVector a, TVector b);
}
