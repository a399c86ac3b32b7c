using Search.MetricLearning.Components;
using Search.MetricLearning.Losses;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Losses;

/// <summary>What every loss of the catalogue must keep. A new one is tested by being registered; its nested loops go into <see cref="LossOracles"/>.</summary>
public sealed class LossContractTests
{
    public static TheoryData<string> Losses => [.. LossCatalogue.Default.Names];

    public static TheoryData<string> PairLosses => [.. LossCatalogue.Default.Names.Where(name => LossCatalogue.Default[name].TakesPairs)];

    [Theory, MemberData(nameof(Losses))]
    public void Compute_AnyBatch_EqualsNestedLoops(string name)
    {
        using var loss = Create(name);
        var seen = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            using var scope = NewDisposeScope();
            var batch = LossCase.Random(seed);
            var expected = LossOracles.ByName[name](batch, loss);
            Close(expected, loss.Compute(batch.Embeddings(), tensor(batch.Labels)).item<double>(), 1e-9, seed);
            seen += expected > 0 ? 1 : 0;
        }
        Assert.True(seen > 50, $"only {seen} batches had a loss");
    }

    [Theory, MemberData(nameof(PairLosses))]
    public void Compute_MemoryAndChosenTriplets_EqualsNestedLoops(string name)
    {
        using var loss = (PairLoss)Create(name);
        for (var seed = 0; seed < 60; seed++)
        {
            using var scope = NewDisposeScope();
            var batch = LossCase.Random(seed, memory: seed % 3 * 3);
            if (seed % 2 == 0)
                batch = batch.Mine(seed);
            Close(LossOracles.ByName[name](batch, loss), loss.Compute(batch.Pairs(batch.Embeddings())).item<double>(), 1e-9, seed);
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void Gradient_AnyBatch_EqualsCentralDifferences(string name)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            using var loss = Create(name);
            using var scope = NewDisposeScope();
            var batch = LossCase.Random(seed);
            var labels = tensor(batch.Labels);
            var embeddings = batch.Embeddings().requires_grad_();
            loss.Compute(embeddings, labels).backward();
            foreach (var input in (Tensor[])[embeddings, .. loss.parameters()])
                GradientCheck.Require(input, () => loss.Compute(embeddings, labels).item<double>(), seed);
        }
    }

    [Theory, MemberData(nameof(PairLosses))]
    public void Gradient_MemoryAndChosenTriplets_EqualsCentralDifferences(string name)
    {
        using var loss = (PairLoss)Create(name);
        for (var seed = 0; seed < 8; seed++)
        {
            using var scope = NewDisposeScope();
            var batch = LossCase.Random(seed, memory: 4);
            if (seed % 2 == 0)
                batch = batch.Mine(seed);
            var embeddings = batch.Embeddings().requires_grad_();
            loss.Compute(batch.Pairs(embeddings)).backward();
            GradientCheck.Require(embeddings, () => loss.Compute(batch.Pairs(embeddings)).item<double>(), seed);
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void Compute_NoPositives_IsExactlyZeroWithZeroGradient(string name)
    {
        using var loss = Create(name, ScalarType.Float32);
        foreach (var n in loss is ClassLoss ? (int[])[0] : [0, 1, 3])
            RequireZero(loss, LossCase.Random(n), [.. Enumerable.Range(0, n).Select(i => (long)i)]);
    }

    [Theory, MemberData(nameof(Losses))]
    public void Compute_NoNegatives_IsFinite_AndZeroWhereTheyAreNeeded(string name)
    {
        using var loss = Create(name, ScalarType.Float32);
        if (loss is PairLoss { NeedsNegatives: true } or MagnetLoss)
            RequireZero(loss, LossCase.Random(1), [1, 1, 1]);
        else
            RequireFinite(loss, LossCase.Random(1), [1, 1, 1]);
    }

    [Theory, MemberData(nameof(Losses))]
    public void Compute_EqualEmbeddings_GivesFiniteGradients(string name)
    {
        using var loss = Create(name, ScalarType.Float32);
        var row = LossCase.Random(5).Rows[0];
        RequireFinite(loss, new LossCase([row, row, row, row], [], [], []), [0, 0, 1, 1]);
        double[] opposite = [.. row.Select(x => -x)];
        RequireFinite(loss, new LossCase([row, row, opposite, opposite], [], [], []), [0, 1, 0, 1]);
        RequireFinite(loss, new LossCase([[0, 0, 0], [0, 0, 0], row, row], [], [], []), [0, 0, 1, 1]);
    }

    [Theory, MemberData(nameof(Losses))]
    public void Compute_RowsReordered_IsTheSame(string name)
    {
        using var loss = Create(name);
        for (var seed = 0; seed < 20; seed++)
        {
            using var scope = NewDisposeScope();
            var batch = LossCase.Random(seed);
            var reordered = batch.Reordered(seed);
            Close(loss.Compute(batch.Embeddings(), tensor(batch.Labels)).item<double>(), loss.Compute(reordered.Embeddings(), tensor(reordered.Labels)).item<double>(), 1e-12, seed);
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void Compute_SinglePrecision_AgreesWithDouble(string name)
    {
        using var exact = Create(name);
        using var single = Create(name, ScalarType.Float32);
        using var gradientsOff = no_grad();
        foreach (var (from, to) in exact.parameters().Zip(single.parameters()))
            to.copy_(from);
        for (var seed = 0; seed < 20; seed++)
        {
            using var scope = NewDisposeScope();
            var batch = LossCase.Random(seed);
            Close(exact.Compute(batch.Embeddings(), tensor(batch.Labels)).item<double>(), single.Compute(batch.Embeddings(ScalarType.Float32), tensor(batch.Labels)).item<float>(), 1e-3, seed);
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void Compute_WrongShapesAndTypes_AreRefused(string name)
    {
        using var loss = Create(name, ScalarType.Float32);
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => loss.Compute(rand(4), zeros(4, dtype: ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => loss.Compute(rand(4, 3), zeros(3, dtype: ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => loss.Compute(rand(4, 3), zeros(4)));
    }

    [Theory, MemberData(nameof(Losses))]
    public void Catalogue_EveryLoss_IsUnderItsOwnNameAndHasAnOracle(string name)
    {
        using var loss = Create(name);
        Assert.Equal(name, loss.GetName());
        Assert.Contains(name, LossOracles.ByName.Keys);
    }

    private static EmbeddingLoss Create(string name, ScalarType type = ScalarType.Float64)
    {
        random.manual_seed(7);
        return LossCatalogue.Default[name].Create(new ComponentOptions { Name = name }, new EmbeddingShape(LossCase.Dimension, LossCase.Classes, type));
    }

    private static void RequireZero(EmbeddingLoss loss, LossCase batch, long[] labels)
    {
        var gradient = Gradient(loss, batch, labels, out var value);
        Assert.Equal(0, value);
        Assert.All(gradient, g => Assert.Equal(0, g));
    }

    private static void RequireFinite(EmbeddingLoss loss, LossCase batch, long[] labels)
    {
        var gradient = Gradient(loss, batch, labels, out var value);
        Assert.True(double.IsFinite(value));
        Assert.All(gradient, g => Assert.True(float.IsFinite(g)));
    }

    private static float[] Gradient(EmbeddingLoss loss, LossCase batch, long[] labels, out float value)
    {
        using var scope = NewDisposeScope();
        var embeddings = batch.Embeddings(ScalarType.Float32).narrow(0, 0, labels.Length).clone().requires_grad_();
        var result = loss.Compute(embeddings, tensor(labels));
        result.backward();
        value = result.item<float>();
        foreach (var parameter in loss.parameters())
            if (parameter.grad is { } grad)
                Assert.All(MetricLearning.Weights.ModuleWeights.Values(grad), g => Assert.True(float.IsFinite(g)));
        // TorchSharp cannot read a tensor without elements.
        return labels.Length == 0 ? [] : MetricLearning.Weights.ModuleWeights.Values(embeddings.grad!);
    }

    private static void Close(double expected, double actual, double tolerance, int seed) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{actual} is not {expected} for seed {seed}");
}
