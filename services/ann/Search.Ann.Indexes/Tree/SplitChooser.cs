using System.Numerics;
using System.Runtime.InteropServices;
using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Tree;

/// <summary>
/// Chooses the hyperplane between two halves of a set. Two vectors drawn from it are moved to the means of those nearer to them, a few times; the
/// plane half way between the two is the split. Where that is too uneven the plane is moved to the median of the projections, which is what bounds the depth
/// (Dasgupta and Freund, "Random projection trees and low dimensional manifolds", STOC 2008). Used by one thread at a time.
/// </summary>
internal sealed class SplitChooser(VectorRows vectors, bool lifts)
{
    private const int Attempts = 3;
    private const int Rounds = 3;
    private const int SampleSize = 48;

    /// <summary>The smaller side has at least this share of the vectors; the depth is at most log(n) / log(4/3) then.</summary>
    public const double LeastShare = 0.25;

    private readonly float[][] _means = [new float[vectors.Dimension], new float[vectors.Dimension]];
    private readonly float[][] _sums = [new float[vectors.Dimension], new float[vectors.Dimension]];
    private readonly int[] _sample = new int[SampleSize];
    private float[] _products = [];
    private float[] _sorted = [];

    /// <summary>Moves those that belong on the right to the end of <paramref name="slots"/>.</summary>
    /// <param name="id">The split's number.</param>
    /// <param name="normal">Receives the normal, of unit length.</param>
    /// <returns>The split, its sides still to be set, and how many belong on the left.</returns>
    public (Split Split, int Left) Choose(Span<int> slots, int id, Span<float> normal, Draw draw)
    {
        if (_products.Length < slots.Length) (_products, _sorted) = (new float[slots.Length * 2], new float[slots.Length * 2]);
        var reach = lifts ? Reach(slots) : 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!TryPlane(slots, reach, normal, ref draw, out var split)) continue;
            var products = _products.AsSpan(0, slots.Length);
            for (var i = 0; i < slots.Length; i++)
                products[i] = split.Product(normal, Point(slots[i]));
            if (IsEven(products, split.Offset)) return (split, Partition(slots, products, split.Offset));
            split.Offset = Median(products);
            if (IsEven(products, split.Offset)) return (split, Partition(slots, products, split.Offset));
        }
        normal.Clear();
        var blind = new Split(0, 0, float.NaN, 0, reach);
        for (var i = 0; i < slots.Length; i++)
            _products[i] = blind.IsRight(id, normal, Point(slots[i])) ? 1 : -1;
        return (blind, Partition(slots, _products, 0));
    }

    /// <summary>Gives back the room that a large set took: a tree that is grown later splits leaves.</summary>
    public void Trim() => (_products, _sorted) = ([], []);

    private TreePoint Point(int slot) => TreePoint.Stored(vectors.Row(slot), slot, lifts);

    private float Reach(ReadOnlySpan<int> slots)
    {
        var longest = 0f;
        foreach (var slot in slots)
            longest = MathF.Max(longest, Point(slot).SquaredLength);
        return MathF.Sqrt(longest);
    }

    private bool TryPlane(ReadOnlySpan<int> slots, float reach, Span<float> normal, ref Draw draw, out Split split)
    {
        var first = draw.Next(slots.Length);
        var second = draw.Next(slots.Length - 1);
        if (second >= first) second++;
        var sample = slots.Length <= SampleSize ? slots : DrawSample(slots, ref draw);
        Span<float> lifted = stackalloc float[2];
        SetMean(0, slots[first], reach, lifted);
        SetMean(1, slots[second], reach, lifted);
        for (var round = 0; TryBetween(lifted, reach, normal, out split); round++)
        {
            if (round == Rounds || !MoveMeans(sample, reach, normal, split, lifted)) return true;
        }
        return false;
    }

    private ReadOnlySpan<int> DrawSample(ReadOnlySpan<int> slots, ref Draw draw)
    {
        foreach (ref var slot in _sample.AsSpan())
            slot = slots[draw.Next(slots.Length)];
        return _sample;
    }

    private void SetMean(int side, int slot, float reach, Span<float> lifted)
    {
        vectors.Row(slot).CopyTo(_means[side]);
        lifted[side] = lifts ? Lifting.Component(Point(slot).SquaredLength, reach) : 0;
    }

    // The plane half way between the means, right being the side of means[1].
    private bool TryBetween(ReadOnlySpan<float> lifted, float reach, Span<float> normal, out Split split)
    {
        split = default;
        var (left, right) = (_means[0], _means[1]);
        for (var i = 0; i < normal.Length; i++)
            normal[i] = right[i] - left[i];
        var lift = lifted[1] - lifted[0];
        var length = Math.Sqrt(VectorKernels.SquaredNorm(normal) + (double)lift * lift);
        // Two equal means have no plane between them, and below float32's normal range there is only rounding.
        if (!(length > 1e-30)) return false;
        var scale = 1 / length;
        for (var i = 0; i < normal.Length; i++)
            normal[i] = (float)(normal[i] * scale);
        lift = (float)(lift * scale);
        var offset = -((double)VectorKernels.Dot(normal, left) + VectorKernels.Dot(normal, right) + (double)lift * (lifted[0] + lifted[1])) / 2;
        split = new Split(0, 0, (float)offset, lift, reach);
        return true;
    }

    // False where all of the sample lie on one side: the means cannot move then.
    private bool MoveMeans(ReadOnlySpan<int> sample, float reach, ReadOnlySpan<float> normal, in Split split, Span<float> lifted)
    {
        Span<int> counts = stackalloc int[2];
        Span<float> sums = stackalloc float[2];
        counts.Clear();
        sums.Clear();
        Array.Clear(_sums[0]);
        Array.Clear(_sums[1]);
        foreach (var slot in sample)
        {
            var point = Point(slot);
            var side = split.Product(normal, point) + split.Offset > 0 ? 1 : 0;
            counts[side]++;
            if (lifts) sums[side] += Lifting.Component(point.SquaredLength, reach);
            // Divided first: the sum of long vectors may overflow where their mean does not.
            AddScaled(_sums[side], point.Vector, 1f / sample.Length);
        }
        if (counts[0] == 0 || counts[1] == 0) return false;
        for (var side = 0; side < 2; side++)
        {
            Array.Clear(_means[side]);
            AddScaled(_means[side], _sums[side], (float)sample.Length / counts[side]);
            lifted[side] = sums[side] / counts[side];
        }
        return true;
    }

    private static void AddScaled(Span<float> sum, ReadOnlySpan<float> vector, float scale)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(vector);
        for (var i = 0; i < sums.Length; i++)
            sums[i] += vectors[i] * scale;
        for (var i = sums.Length * Vector<float>.Count; i < sum.Length; i++)
            sum[i] += vector[i] * scale;
    }

    private static bool IsEven(ReadOnlySpan<float> products, float offset)
    {
        var right = 0;
        foreach (var product in products)
            right += product + offset > 0 ? 1 : 0;
        return Math.Min(right, products.Length - right) >= LeastShare * products.Length;
    }

    private float Median(ReadOnlySpan<float> products)
    {
        var sorted = _sorted.AsSpan(0, products.Length);
        products.CopyTo(sorted);
        sorted.Sort();
        var middle = sorted.Length / 2;
        return -(sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2);
    }

    private static int Partition(Span<int> slots, Span<float> products, float offset)
    {
        var (left, right) = (0, slots.Length);
        while (left < right)
        {
            if (products[left] + offset > 0)
            {
                right--;
                (slots[left], slots[right]) = (slots[right], slots[left]);
                (products[left], products[right]) = (products[right], products[left]);
            }
            else
            {
                left++;
            }
        }
        return left;
    }
}
