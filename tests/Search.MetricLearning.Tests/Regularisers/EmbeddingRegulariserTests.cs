using Search.MetricLearning.Components;
using Search.MetricLearning.Regularisers;
using Search.MetricLearning.Tests.Losses;
using static System.Math;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Regularisers;

public sealed class EmbeddingRegulariserTests
{
    private static readonly Dictionary<string, Func<double[][], double>> s_oracles = new()
    {
        ["zero-mean"] = x => Columns(x).Sum(column => column.Average() * column.Average()),
        ["uniformity"] = x => Log(Pairs(x).Average(p => Exp(-2 * Square(x[p.I], x[p.J])))),
        ["koleo"] = x => -Enumerable.Range(0, x.Length).Average(i => Log(Enumerable.Range(0, x.Length).Where(j => j != i).Min(j => Sqrt(Square(x[i], x[j]))))),
        ["covariance"] = x => Pairs(Columns(x)).Sum(p => Pow(Columns(x)[p.I].Zip(Columns(x)[p.J], (a, b) => (a - Columns(x)[p.I].Average()) * (b - Columns(x)[p.J].Average())).Sum() / (x.Length - 1), 2)) / x[0].Length,
    };

    public static TheoryData<string> Names => [.. RegulariserCatalogue.Default.Names];

    [Theory, MemberData(nameof(Names))]
    public void Compute_AnyBatch_EqualsNestedLoops(string name)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            using var scope = NewDisposeScope();
            var batch = LossCase.Random(seed);
            var expected = s_oracles[name](batch.Rows);
            Assert.Equal(expected, Create(name).Compute(batch.Embeddings()).item<double>(), 1e-6 * Max(1, Abs(expected)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradient_AnyBatch_EqualsCentralDifferences(string name)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            using var scope = NewDisposeScope();
            var embeddings = LossCase.Random(seed).Embeddings().requires_grad_();
            Create(name).Compute(embeddings).backward();
            GradientCheck.Require(embeddings, () => Create(name).Compute(embeddings).item<double>(), seed);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Compute_EqualOrSingleEmbeddings_IsFiniteWithFiniteGradients(string name)
    {
        foreach (var n in (int[])[1, 4])
        {
            using var scope = NewDisposeScope();
            var embeddings = nn.functional.normalize(ones(n, 8)).detach().requires_grad_();
            var term = Create(name).Compute(embeddings);
            term.backward();
            Assert.True(float.IsFinite(term.item<float>()));
            Assert.True(n > 1 || term.item<float>() == 0);
            Assert.All(MetricLearning.Weights.ModuleWeights.Values(embeddings.grad!), g => Assert.True(float.IsFinite(g)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Compute_SpreadOut_IsLessThanOnePoint(string name)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        // Covariance asks only that axes differ, so the narrow batch lies along one line through many axes.
        var narrow = nn.functional.normalize(ones(64, 16) + randn(64, 1) * 0.5 * tensor(Enumerable.Range(0, 16).Select(i => i % 2 * 2 - 1f).ToArray()));
        var spread = nn.functional.normalize(randn(64, 16));
        Assert.True(Create(name).Compute(spread).item<float>() < Create(name).Compute(narrow).item<float>());
    }

    private static EmbeddingRegulariser Create(string name) => RegulariserCatalogue.Default[name].Create(new ComponentOptions { Name = name }, new EmbeddingShape(4, 1));

    private static double[][] Columns(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(k => rows.Select(row => row[k]).ToArray())];

    private static IEnumerable<(int I, int J)> Pairs(double[][] items) =>
        from i in Enumerable.Range(0, items.Length) from j in Enumerable.Range(0, items.Length) where i != j select (i, j);

    private static double Square(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
