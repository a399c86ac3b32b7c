using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Losses;

/// <summary>One batch in plain arrays: what the nested loops read, and what the tensors are made from.</summary>
internal sealed record LossCase(double[][] Rows, long[] Labels, double[][] Memory, long[] MemoryLabels, IReadOnlyList<(int A, int P, int N)>? Triplets = null)
{
    public const int Classes = 3, Dimension = 3;

    public double[][] References => [.. Rows, .. Memory];

    public long[] ReferenceLabels => [.. Labels, .. MemoryLabels];

    public bool Positive(int a, int p) =>
        Triplets is null ? a != p && Labels[a] == ReferenceLabels[p] : Triplets.Any(t => t.A == a && t.P == p);

    public bool Negative(int a, int n) =>
        Triplets is null ? Labels[a] != ReferenceLabels[n] : Triplets.Any(t => t.A == a && t.N == n);

    public Tensor Embeddings(ScalarType type = ScalarType.Float64) => Matrix(Rows, type);

    public PairBatch Pairs(Tensor embeddings)
    {
        var memory = Memory.Length == 0 ? null : new LabelledEmbeddings(Matrix(Memory, embeddings.dtype), tensor(MemoryLabels));
        var batch = PairBatch.Create(embeddings, tensor(Labels), memory);
        return Triplets is null ? batch : batch.Only(Mined);
    }

    public Triplets Mined => new([.. Triplets!.Select(t => (long)t.A)], [.. Triplets!.Select(t => (long)t.P)], [.. Triplets!.Select(t => (long)t.N)]);

    /// <summary>3 to 8 unit vectors of three classes.</summary>
    public static LossCase Random(int seed, int memory = 0)
    {
        var random = new Random(seed);
        var n = random.Next(3, 9);
        return new LossCase(Vectors(random, n), Drawn(random, n), Vectors(random, memory), Drawn(random, memory));
    }

    /// <summary>With some of the triplets there are, drawn at random.</summary>
    public LossCase Mine(int seed)
    {
        var random = new Random(seed);
        var all = from a in Enumerable.Range(0, Labels.Length)
                  from p in Enumerable.Range(0, ReferenceLabels.Length)
                  from n in Enumerable.Range(0, ReferenceLabels.Length)
                  where Positive(a, p) && Negative(a, n) && random.Next(3) == 0
                  select (a, p, n);
        return this with { Triplets = [.. all] };
    }

    public LossCase Reordered(int seed)
    {
        var order = Enumerable.Range(0, Labels.Length).ToArray();
        new Random(seed).Shuffle(order);
        return this with { Rows = [.. order.Select(i => Rows[i])], Labels = [.. order.Select(i => Labels[i])] };
    }

    private static Tensor Matrix(double[][] rows, ScalarType type)
    {
        using var doubles = tensor(rows.SelectMany(r => r).ToArray());
        return doubles.reshape(rows.Length, -1).to(type).clone();
    }

    private static long[] Drawn(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ => (long)random.Next(Classes))];

    private static double[][] Vectors(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ =>
    {
        double[] v = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextDouble() * 2 - 1)];
        var length = Math.Sqrt(v.Sum(x => x * x));
        return v.Select(x => x / length).ToArray();
    })];
}
