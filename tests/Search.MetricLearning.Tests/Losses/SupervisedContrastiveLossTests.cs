using CsCheck;
using Search.MetricLearning.Losses;
using Search.MetricLearning.Weights;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Losses;

public sealed class SupervisedContrastiveLossTests
{
    private const double Temperature = 0.1;

    [Fact]
    public void Compute_AnyBatch_EqualsNestedLoops() =>
        Batches.Sample(batch =>
        {
            var expected = Oracle(batch.Rows, batch.Labels, Temperature);
            Assert.Equal(expected, Loss(batch.Rows, batch.Labels), 1e-9 * Math.Max(1, Math.Abs(expected)));
        }, iter: 200, seed: "0000KDy5c1M3");

    [Fact]
    public void Gradient_AnyBatch_EqualsFiniteDifferencesOfNestedLoops() =>
        Batches.Sample(batch =>
        {
            var (n, d) = (batch.Rows.GetLength(0), batch.Rows.GetLength(1));
            using var scope = NewDisposeScope();
            var raw = tensor(batch.Rows, dtype: ScalarType.Float64, requires_grad: true);
            new SupervisedContrastiveLoss(Temperature).Compute(raw, tensor(batch.Labels)).backward();
            var gradient = raw.grad!.data<double>().ToArray();
            const double step = 1e-6;
            for (var i = 0; i < n; i++)
                for (var k = 0; k < d; k++)
                {
                    var slope = (Shifted(batch, i, k, step) - Shifted(batch, i, k, -step)) / (2 * step);
                    Assert.Equal(slope, gradient[i * d + k], 1e-4 * Math.Max(1, Math.Abs(slope)));
                }
        }, iter: 30, seed: "0000KDy5c1M3");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Compute_NoPositives_IsZeroWithZeroGradient(int n)
    {
        using var scope = NewDisposeScope();
        var embeddings = nn.functional.normalize(rand(n, 8)).detach().requires_grad_();
        var loss = new SupervisedContrastiveLoss(Temperature).Compute(embeddings, arange(n, dtype: ScalarType.Int64));
        loss.backward();
        Assert.Equal(0f, loss.item<float>());
        Assert.All(ModuleWeights.Values(embeddings.grad!), g => Assert.Equal(0f, g));
    }

    [Fact]
    public void Gradient_SomeAnchorsWithoutPositives_StaysFinite()
    {
        using var scope = NewDisposeScope();
        var embeddings = tensor(new float[,] { { 1, 0 }, { 1, 0 }, { -1, 0 } }).requires_grad_();
        new SupervisedContrastiveLoss(0.01).Compute(embeddings, tensor(new long[] { 0, 0, 1 })).backward();
        Assert.All(ModuleWeights.Values(embeddings.grad!), g => Assert.True(float.IsFinite(g)));
    }

    [Fact]
    public void Compute_WrongShapes_AreRefused()
    {
        var loss = new SupervisedContrastiveLoss(Temperature);
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => loss.Compute(rand(4), zeros(4, dtype: ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => loss.Compute(rand(4, 2), zeros(3, dtype: ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => loss.Compute(rand(4, 2), zeros(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SupervisedContrastiveLoss(0));
    }

    private static readonly Gen<(double[,] Rows, long[] Labels)> Batches =
        from n in Gen.Int[2, 7]
        from d in Gen.Int[2, 4]
        from values in Gen.Double[-1, 1].Array[n * d]
        from labels in Gen.Long[0, 2].Array[n]
        select (Rows(values, n, d), labels);

    private static double[,] Rows(double[] values, int n, int d)
    {
        var rows = new double[n, d];
        Buffer.BlockCopy(values, 0, rows, 0, values.Length * sizeof(double));
        return rows;
    }

    private static double Shifted((double[,] Rows, long[] Labels) batch, int i, int k, double step)
    {
        var rows = (double[,])batch.Rows.Clone();
        rows[i, k] += step;
        return Oracle(rows, batch.Labels, Temperature);
    }

    private static double Loss(double[,] rows, long[] labels)
    {
        using var scope = NewDisposeScope();
        return new SupervisedContrastiveLoss(Temperature).Compute(tensor(rows), tensor(labels)).item<double>();
    }

    /// <summary>Equation 2 of the paper, written as it is printed.</summary>
    private static double Oracle(double[,] z, long[] labels, double temperature)
    {
        var n = z.GetLength(0);
        double total = 0;
        var anchors = 0;
        for (var i = 0; i < n; i++)
        {
            double denominator = 0, sum = 0;
            var positives = 0;
            for (var a = 0; a < n; a++)
                if (a != i)
                    denominator += Math.Exp(Dot(z, i, a) / temperature);
            for (var p = 0; p < n; p++)
                if (p != i && labels[p] == labels[i])
                {
                    sum += Math.Log(Math.Exp(Dot(z, i, p) / temperature) / denominator);
                    positives++;
                }
            if (positives == 0)
                continue;
            total -= sum / positives;
            anchors++;
        }
        return anchors == 0 ? 0 : total / anchors;
    }

    private static double Dot(double[,] z, int i, int j)
    {
        double sum = 0;
        for (var k = 0; k < z.GetLength(1); k++)
            sum += z[i, k] * z[j, k];
        return sum;
    }
}
