using System.Numerics;
using System.Runtime.CompilerServices;

namespace Search.JewelryRenderer.Geometry;

/// <summary>What a <see cref="Bvh"/> asks of the thing it indexes.</summary>
internal interface IBvhLeaf
{
    /// <summary>Tests one item, lowers <paramref name="tMax"/> on a hit, and says whether the search may stop here.</summary>
    bool Visit(int item, in Ray ray, float tMin, ref float tMax);
}

/// <summary>Bounding volume hierarchy with a binned surface-area heuristic (Wald 2007). Items are visited in <see cref="Order"/>.</summary>
internal sealed class Bvh
{
    private const int Bins = 12;
    private readonly List<Node> _building = [];
    private readonly Node[] _nodes;

    public Bvh(ReadOnlySpan<Bounds> items, int leafSize)
    {
        var boxes = items.ToArray();
        Order = [.. Enumerable.Range(0, boxes.Length)];
        _building.Add(default);
        if (boxes.Length > 0) Build(0, boxes, 0, boxes.Length, leafSize);
        _nodes = [.. _building];
        _building = [];
    }

    /// <summary>Item numbers in leaf order; owners may lay their data out in this order and visit positions instead.</summary>
    public int[] Order { get; }

    /// <summary>Walks the leaves whose boxes the ray meets before <paramref name="tMax"/>, near child first.</summary>
    [SkipLocalsInit]
    public void Walk<TLeaf>(in Ray ray, float tMin, ref float tMax, ref TLeaf leaf)
        where TLeaf : struct, IBvhLeaf
    {
        if (Order.Length == 0) return;
        Span<int> stack = stackalloc int[64];
        var depth = 0;
        stack[depth++] = 0;
        while (depth > 0)
        {
            ref readonly var node = ref _nodes[stack[--depth]];
            if (!node.Meets(ray, tMin, tMax)) continue;
            if (node.Count > 0)
            {
                for (var i = node.First; i < node.First + node.Count; i++)
                    if (leaf.Visit(i, ray, tMin, ref tMax)) return;
                continue;
            }

            var nearIsLeft = ray.Direction[node.Axis] >= 0;
            stack[depth++] = nearIsLeft ? node.First + 1 : node.First;
            stack[depth++] = nearIsLeft ? node.First : node.First + 1;
        }
    }

    private void Build(int me, Bounds[] boxes, int start, int count, int leafSize)
    {
        var box = Bounds.Empty;
        var centres = Bounds.Empty;
        for (var i = start; i < start + count; i++)
        {
            box = box.Include(boxes[Order[i]]);
            centres = centres.Include(boxes[Order[i]].Centre);
        }

        if (count <= leafSize)
        {
            _building[me] = new Node { Low = box.Low, High = box.High, First = start, Count = count };
            return;
        }

        var size = centres.Size;
        var axis = size.X >= size.Y && size.X >= size.Z ? 0 : size.Y >= size.Z ? 1 : 2;
        var left = size[axis] > 0 ? Partition(boxes, start, count, axis, centres) : 0;
        if (left == 0 || left == count) left = count / 2;
        var child = _building.Count;
        _building.Add(default);
        _building.Add(default);
        _building[me] = new Node { Low = box.Low, High = box.High, First = child, Axis = axis };
        Build(child, boxes, start, left, leafSize);
        Build(child + 1, boxes, start + left, count - left, leafSize);
    }

    private int Partition(Bounds[] boxes, int start, int count, int axis, Bounds centres)
    {
        var low = centres.Low[axis];
        var scale = Bins / centres.Size[axis];
        int BinOf(int item) => Math.Min(Bins - 1, (int)((boxes[item].Centre[axis] - low) * scale));

        Span<Bounds> binBox = stackalloc Bounds[Bins];
        Span<int> binCount = stackalloc int[Bins];
        binBox.Fill(Bounds.Empty);
        binCount.Clear();
        for (var i = start; i < start + count; i++)
        {
            var b = BinOf(Order[i]);
            binBox[b] = binBox[b].Include(boxes[Order[i]]);
            binCount[b]++;
        }

        var (best, split) = (float.PositiveInfinity, 0);
        for (var s = 1; s < Bins; s++)
        {
            var cost = Cost(binBox[..s], binCount[..s]) + Cost(binBox[s..], binCount[s..]);
            if (cost < best) (best, split) = (cost, s);
        }

        // A stable partition: the order of equal items, and so the picture, depends on nothing but the input.
        var sorted = Order.AsSpan(start, count).ToArray();
        var at = start;
        foreach (var item in sorted)
            if (BinOf(item) < split) Order[at++] = item;
        var left = at - start;
        foreach (var item in sorted)
            if (BinOf(item) >= split) Order[at++] = item;
        return left;
    }

    private static float Cost(ReadOnlySpan<Bounds> boxes, ReadOnlySpan<int> counts)
    {
        var box = Bounds.Empty;
        var count = 0;
        for (var i = 0; i < boxes.Length; i++)
        {
            box = box.Include(boxes[i]);
            count += counts[i];
        }

        return count == 0 ? 0 : box.HalfArea * count;
    }

    private struct Node
    {
        public Vector3 Low;
        public int First;
        public Vector3 High;
        public int Count;
        public int Axis;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool Meets(in Ray ray, float tMin, float tMax)
        {
            var a = (Low - ray.Origin) * ray.Inverse;
            var b = (High - ray.Origin) * ray.Inverse;

            // MinNative/MaxNative drop NaN (0 * infinity on a slab's face) to the second operand: the box is then kept, never lost.
            var enter = Vector3.MinNative(a, b);
            var leave = Vector3.MaxNative(a, b);
            var t0 = MathF.Max(tMin, MathF.Max(enter.X, MathF.Max(enter.Y, enter.Z)));
            var t1 = MathF.Min(tMax, MathF.Min(leave.X, MathF.Min(leave.Y, leave.Z)));
            return !(t0 > t1 * 1.00001f);
        }
    }
}
