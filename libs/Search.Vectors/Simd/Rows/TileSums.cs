using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Search.Vectors.Simd.Rows;

/// <summary>
/// Two queries against four rows: the tile of the blocked product. A pair's sum is made of four partial ones (<see cref="SimdKernels{TVector, TLanes}"/>), and
/// eight pairs of four would not fit the registers; so the tile is walked four times, once for each partial sum, and they meet in the single pair's order. Each
/// component is still loaded once, and eight sums side by side keep both multipliers busy. For vectors of at least one register.
/// </summary>
internal static class TileSums<TVector, TLanes, TStep>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
    where TStep : struct, IPairStep<TVector>
{
    public static void OfTwoByFour(
        ref readonly float p, ref readonly float q, ref readonly float a, ref readonly float b, ref readonly float c, ref readonly float d, nuint length,
        out Vector128<float> sumsOfP, out Vector128<float> sumsOfQ)
    {
        var width = (nuint)TLanes.Count;
        var whole = length - length % (4 * width);
        TVector pa = default, pb = default, pc = default, pd = default, qa = default, qb = default, qc = default, qd = default;
        nuint i = 0;
        for (; i < whole; i += 4 * width)
            Add(in p, in q, in a, in b, in c, in d, i, ref pa, ref pb, ref pc, ref pd, ref qa, ref qb, ref qc, ref qd);
        for (; i + width <= length; i += width)
            Add(in p, in q, in a, in b, in c, in d, i, ref pa, ref pb, ref pc, ref pd, ref qa, ref qb, ref qc, ref qd);
        var (pa01, pb01, pc01, pd01, qa01, qb01, qc01, qd01) = (pa, pb, pc, pd, qa, qb, qc, qd);

        pa = pb = pc = pd = qa = qb = qc = qd = default;
        for (i = width; i < whole; i += 4 * width)
            Add(in p, in q, in a, in b, in c, in d, i, ref pa, ref pb, ref pc, ref pd, ref qa, ref qb, ref qc, ref qd);
        if (length % width != 0)
            AddTail(in p, in q, in a, in b, in c, in d, length, ref pa, ref pb, ref pc, ref pd, ref qa, ref qb, ref qc, ref qd);
        (pa01, pb01, pc01, pd01) = (TLanes.Add(pa01, pa), TLanes.Add(pb01, pb), TLanes.Add(pc01, pc), TLanes.Add(pd01, pd));
        (qa01, qb01, qc01, qd01) = (TLanes.Add(qa01, qa), TLanes.Add(qb01, qb), TLanes.Add(qc01, qc), TLanes.Add(qd01, qd));

        pa = pb = pc = pd = qa = qb = qc = qd = default;
        for (i = 2 * width; i < whole; i += 4 * width)
            Add(in p, in q, in a, in b, in c, in d, i, ref pa, ref pb, ref pc, ref pd, ref qa, ref qb, ref qc, ref qd);
        var (pa2, pb2, pc2, pd2, qa2, qb2, qc2, qd2) = (pa, pb, pc, pd, qa, qb, qc, qd);

        pa = pb = pc = pd = qa = qb = qc = qd = default;
        for (i = 3 * width; i < whole; i += 4 * width)
            Add(in p, in q, in a, in b, in c, in d, i, ref pa, ref pb, ref pc, ref pd, ref qa, ref qb, ref qc, ref qd);
        sumsOfP = TLanes.Sum(
            TLanes.Add(pa01, TLanes.Add(pa2, pa)), TLanes.Add(pb01, TLanes.Add(pb2, pb)), TLanes.Add(pc01, TLanes.Add(pc2, pc)), TLanes.Add(pd01, TLanes.Add(pd2, pd)));
        sumsOfQ = TLanes.Sum(
            TLanes.Add(qa01, TLanes.Add(qa2, qa)), TLanes.Add(qb01, TLanes.Add(qb2, qb)), TLanes.Add(qc01, TLanes.Add(qc2, qc)), TLanes.Add(qd01, TLanes.Add(qd2, qd)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref readonly float p, ref readonly float q, ref readonly float a, ref readonly float b, ref readonly float c, ref readonly float d, nuint i,
        ref TVector pa, ref TVector pb, ref TVector pc, ref TVector pd, ref TVector qa, ref TVector qb, ref TVector qc, ref TVector qd)
    {
        var (left, right) = (TLanes.Load(in p, i), TLanes.Load(in q, i));
        var row = TLanes.Load(in a, i);
        pa = TStep.Add(left, row, pa);
        qa = TStep.Add(right, row, qa);
        row = TLanes.Load(in b, i);
        pb = TStep.Add(left, row, pb);
        qb = TStep.Add(right, row, qb);
        row = TLanes.Load(in c, i);
        pc = TStep.Add(left, row, pc);
        qc = TStep.Add(right, row, qc);
        row = TLanes.Load(in d, i);
        pd = TStep.Add(left, row, pd);
        qd = TStep.Add(right, row, qd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTail(
        ref readonly float p, ref readonly float q, ref readonly float a, ref readonly float b, ref readonly float c, ref readonly float d, nuint length,
        ref TVector pa, ref TVector pb, ref TVector pc, ref TVector pd, ref TVector qa, ref TVector qb, ref TVector qc, ref TVector qd)
    {
        var fresh = (int)(length % (nuint)TLanes.Count);
        var (left, right) = (TLanes.LoadTail(in p, length, fresh), TLanes.LoadTail(in q, length, fresh));
        var row = TLanes.LoadTail(in a, length, fresh);
        pa = TStep.Add(left, row, pa);
        qa = TStep.Add(right, row, qa);
        row = TLanes.LoadTail(in b, length, fresh);
        pb = TStep.Add(left, row, pb);
        qb = TStep.Add(right, row, qb);
        row = TLanes.LoadTail(in c, length, fresh);
        pc = TStep.Add(left, row, pc);
        qc = TStep.Add(right, row, qc);
        row = TLanes.LoadTail(in d, length, fresh);
        pd = TStep.Add(left, row, pd);
        qd = TStep.Add(right, row, qd);
    }
}
