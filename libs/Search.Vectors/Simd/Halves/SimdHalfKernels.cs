using System.Runtime.InteropServices;
using Search.Vectors.Halves;

namespace Search.Vectors.Simd.Halves;

/// <summary>A float query against a float16 row, in the order of addition of <see cref="SimdKernels{TVector, TLanes}"/>.</summary>
internal static class SimdHalfKernels<TVector, TLanes, THalves>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
    where THalves : struct, IHalfLanes<TVector>
{
    public static float Dot(ReadOnlySpan<float> query, ReadOnlySpan<Half> row)
    {
        HalfShapes.RequireSameLength(query.Length, row.Length);
        return query.Length < TLanes.Count ? ScalarHalfKernels.Dot(query, row) : Sum<DotStep<TVector, TLanes>>(query, row);
    }

    public static float SquaredL2(ReadOnlySpan<float> query, ReadOnlySpan<Half> row)
    {
        HalfShapes.RequireSameLength(query.Length, row.Length);
        return query.Length < TLanes.Count ? ScalarHalfKernels.SquaredL2(query, row) : Sum<SquaredL2Step<TVector, TLanes>>(query, row);
    }

    private static float Sum<TStep>(ReadOnlySpan<float> query, ReadOnlySpan<Half> row)
        where TStep : struct, IPairStep<TVector>
    {
        ref var a = ref MemoryMarshal.GetReference(query);
        ref var b = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<Half, ushort>(row));
        var length = (nuint)query.Length;
        var width = (nuint)TLanes.Count;
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nuint i = 0;
        for (; i + 4 * width <= length; i += 4 * width)
        {
            sum0 = TStep.Add(TLanes.Load(in a, i), THalves.Load(in b, i), sum0);
            sum1 = TStep.Add(TLanes.Load(in a, i + width), THalves.Load(in b, i + width), sum1);
            sum2 = TStep.Add(TLanes.Load(in a, i + 2 * width), THalves.Load(in b, i + 2 * width), sum2);
            sum3 = TStep.Add(TLanes.Load(in a, i + 3 * width), THalves.Load(in b, i + 3 * width), sum3);
        }
        for (; i + width <= length; i += width)
            sum0 = TStep.Add(TLanes.Load(in a, i), THalves.Load(in b, i), sum0);
        if (i < length)
        {
            var fresh = (int)(length - i);
            sum1 = TStep.Add(TLanes.LoadTail(in a, length, fresh), THalves.LoadTail(in b, length, fresh), sum1);
        }
        return TLanes.Sum(TLanes.Add(TLanes.Add(sum0, sum1), TLanes.Add(sum2, sum3)));
    }
}
