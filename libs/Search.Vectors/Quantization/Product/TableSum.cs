using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Search.Vectors.Quantization.Product;

/// <summary>Adds the table entries that a code names. The loads are independent; four sums keep the additions so, too.</summary>
internal static class TableSum
{
    public static float Of(ReadOnlySpan<float> tables, ReadOnlySpan<byte> code)
    {
        // Unchecked: a byte cannot leave its table of 256, and there are as many tables as bytes.
        ref var table = ref MemoryMarshal.GetReference(tables);
        float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        var s = 0;
        for (; s + 4 <= code.Length; s += 4)
        {
            sum0 += Unsafe.Add(ref table, code[s]);
            sum1 += Unsafe.Add(ref table, ProductQuantizer.Centroids + code[s + 1]);
            sum2 += Unsafe.Add(ref table, 2 * ProductQuantizer.Centroids + code[s + 2]);
            sum3 += Unsafe.Add(ref table, 3 * ProductQuantizer.Centroids + code[s + 3]);
            table = ref Unsafe.Add(ref table, 4 * ProductQuantizer.Centroids);
        }
        for (; s < code.Length; s++)
        {
            sum0 += Unsafe.Add(ref table, code[s]);
            table = ref Unsafe.Add(ref table, ProductQuantizer.Centroids);
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
