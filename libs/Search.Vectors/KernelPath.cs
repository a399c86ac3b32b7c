namespace Search.Vectors;

/// <summary>The instruction width that <see cref="VectorKernels"/> runs at in this process, narrowest first.</summary>
public enum KernelPath
{
    /// <summary>One component at a time: no SIMD hardware, or SIMD switched off (<c>DOTNET_EnableHWIntrinsic=0</c>).</summary>
    Scalar,

    /// <summary>4 components at a time (SSE, NEON).</summary>
    Vector128,

    /// <summary>8 components at a time (AVX2).</summary>
    Vector256,

    /// <summary>16 components at a time (AVX-512).</summary>
    Vector512,
}
