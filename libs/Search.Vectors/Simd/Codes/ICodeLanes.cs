namespace Search.Vectors.Simd.Codes;

/// <summary>What the 8-bit kernels need of a register: codes widened to 16 bits, so that no product saturates; one implementation a width.</summary>
internal interface ICodeLanes<TShorts, TSums>
    where TShorts : struct
    where TSums : struct
{
    static abstract int Count { get; }

    static abstract TShorts LoadUnsigned(ref readonly byte origin, nuint index);

    static abstract TShorts LoadSigned(ref readonly byte origin, nuint index);

    static abstract TShorts Subtract(TShorts a, TShorts b);

    /// <summary>All but the last <paramref name="fresh"/> codes set to zero.</summary>
    static abstract TShorts KeepLast(TShorts value, int fresh);

    /// <summary>The products of neighbours, summed by twos onto <paramref name="sum"/>.</summary>
    static abstract TSums MultiplyAdd(TShorts a, TShorts b, TSums sum);

    static abstract TSums Add(TSums a, TSums b);

    static abstract int Sum(TSums value);
}
