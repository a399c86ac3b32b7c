namespace Search.Vectors.Codes;

/// <summary>What <see cref="CodeKernels"/> runs on in this process, slowest first.</summary>
public enum CodeKernelPath
{
    /// <summary>One code at a time.</summary>
    Scalar,

    /// <summary>8 codes at a time, widened to 16 bits (SSE, NEON).</summary>
    Vector128,

    /// <summary>16 codes at a time, widened to 16 bits (AVX2).</summary>
    Vector256,

    /// <summary>32 codes at a time, widened to 16 bits (AVX-512BW).</summary>
    Vector512,

    /// <summary>32 codes at a time, multiplied and summed by fours in one instruction (AVX-VNNI); .NET 10 offers no wider form of it.</summary>
    Vnni256,
}
