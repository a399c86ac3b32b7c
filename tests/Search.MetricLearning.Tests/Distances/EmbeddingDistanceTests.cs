using Search.MetricLearning.Distances;
using Search.MetricLearning.Tests.Losses;
using static System.Math;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Distances;

public sealed class EmbeddingDistanceTests
{
    private static readonly Dictionary<string, Func<double[], double[], double>> s_oracles = new()
    {
        ["euclidean"] = (a, b) => Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()),
        ["squared-euclidean"] = (a, b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum(),
        ["cosine"] = (a, b) => 1 - a.Zip(b, (x, y) => x * y).Sum() / Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x)),
    };

    public static TheoryData<string> Names => [.. DistanceCatalogue.Default.Names];

    [Theory, MemberData(nameof(Names))]
    public void Between_AnyRows_EqualsNestedLoops(string name)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            using var scope = NewDisposeScope();
            var c = LossCase.Random(seed, memory: 3);
            var (rows, columns) = (c.Rows, (double[][])[.. c.Memory, .. c.Rows.Select(row => row.Select(x => 3 * x).ToArray())]);
            var actual = DistanceCatalogue.Default[name].Between(Matrix(rows), Matrix(columns)).contiguous().data<double>().ToArray();
            var expected = from a in rows from b in columns select s_oracles[name](a, b);
            Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-9));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradient_EqualRows_IsFinite(string name)
    {
        using var scope = NewDisposeScope();
        var rows = nn.functional.normalize(ones(3, 128)).detach().requires_grad_();
        DistanceCatalogue.Default[name].Between(rows, rows).sum().backward();
        Assert.All(MetricLearning.Weights.ModuleWeights.Values(rows.grad!), g => Assert.True(Abs(g) < 1e-3));
    }

    [Fact]
    public void Between_OtherWidths_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new EuclideanDistance().Between(rand(2, 3), rand(2, 4)));
    }

    private static Tensor Matrix(double[][] rows) => tensor(rows.SelectMany(r => r).ToArray()).reshape(rows.Length, -1);
}
