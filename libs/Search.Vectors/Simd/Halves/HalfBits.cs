namespace Search.Vectors.Simd.Halves;

internal static class HalfBits
{
    /// <summary>float32 has 13 bits more of fraction.</summary>
    public const int Shift = 13;

    /// <summary>The sign, and the 15 other bits after the shift; between them lie copies of the sign.</summary>
    public const int Kept = unchecked((int)0x8FFF_E000);

    /// <summary>2 to the difference of the exponents' biases, 127 − 15.</summary>
    public const float BiasFactor = 5.192296858534828e33f;
}
