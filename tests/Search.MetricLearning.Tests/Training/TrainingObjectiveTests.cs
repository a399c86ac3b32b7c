using System.Text.Json;
using System.Text.Json.Serialization;
using Search.MetricLearning.Data;
using Search.MetricLearning.Losses;
using Search.MetricLearning.Pairs;
using Search.MetricLearning.Regularisers;
using Search.MetricLearning.Training;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Training;

public sealed class TrainingObjectiveTests
{
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    // Pieces carry numbers with gaps, as grouping gives them.
    private static readonly int[] Categories = [0, 0, 0, 0, 1, 1, 1, 1], Pieces = [7, 7, 90, 90, 3, 3, 11, 11];

    private static readonly int[] Batch = [0, 1, 2, 3, 4, 5, 6, 7];

    [Fact]
    public void Compute_Defaults_IsTheTwoContrastiveTermsToTheBit()
    {
        using var scope = NewDisposeScope();
        var options = new TrainingOptions { Network = new() { Dimension = 4 } };
        var embeddings = Embeddings(1);
        using var objective = Objective(options);
        using var category = new SupervisedContrastiveLoss(options.CategoryTemperature);
        using var instance = new SupervisedContrastiveLoss(options.InstanceTemperature);
        var expected = category.Compute(embeddings, Labels(Categories)) * (1 - options.InstanceWeight) + instance.Compute(embeddings, Labels(Pieces)) * options.InstanceWeight;
        Assert.Equal(expected.item<float>(), objective.Compute(embeddings, Batch, 0).Loss.item<float>());
        Assert.Empty(objective.Parameters);
    }

    [Fact]
    public void Compute_SeveralTerms_AddsThemByWeight()
    {
        using var scope = NewDisposeScope();
        var embeddings = Embeddings(2);
        using var objective = Objective(Read("""
            { "network": { "dimension": 4 },
              "losses": [{ "name": "triplet", "margin": 0.7, "weight": 2 }, { "name": "info-nce", "labels": "category", "weight": 0.5 }],
              "regularisers": [{ "name": "uniformity", "weight": 0.25 }] }
            """));
        using var triplet = new TripletMarginLoss(new() { Margin = 0.7 });
        using var infoNce = new InfoNceLoss(new());
        var expected = 2 * triplet.Compute(embeddings, Labels(Pieces)).item<float>() + 0.5 * infoNce.Compute(embeddings, Labels(Categories)).item<float>()
            + 0.25 * new UniformityRegulariser(new()).Compute(embeddings).item<float>();
        var (loss, terms) = objective.Compute(embeddings, Batch, 0);
        Assert.Equal(expected, loss.item<float>(), 1e-5);
        Assert.Equal(["triplet/piece", "info-nce/category", "uniformity"], terms.Select(t => t.Name));
        Assert.Equal(loss.item<float>(), terms.Sum(t => t.Value), 1e-5);
    }

    [Fact]
    public void Compute_Memory_LooksBackOnlyAfterTheWarmUp_AndNotAfterForgetting()
    {
        using var scope = NewDisposeScope();
        using var objective = Objective(Read("""{ "network": { "dimension": 4 }, "losses": [{ "name": "info-nce", "memory": { "size": 64, "warmUp": 2 } }] }"""));
        using var alone = new InfoNceLoss(new());
        float Difference(int step) => objective.Compute(Embeddings(step), Batch, step).Loss.item<float>() - alone.Compute(Embeddings(step), Labels(Pieces)).item<float>();
        Assert.Equal(0, Difference(0));
        Assert.Equal(0, Difference(1));
        Assert.NotEqual(0, Difference(2));
        objective.ForgetEmbeddings();
        Assert.Equal(0, Difference(3));
    }

    [Fact]
    public void Load_SavedState_GivesTheSameLosses()
    {
        using var scope = NewDisposeScope();
        var options = Read("""
            { "network": { "dimension": 4 }, "losses": [
              { "name": "arcface", "labels": "category" }, { "name": "proxy-anchor" },
              { "name": "triplet", "miner": { "name": "random" }, "memory": { "size": 12, "warmUp": 1 } }] }
            """);
        manual_seed(1);
        using var objective = Objective(options);
        Assert.Equal([2, 4, 4, 4], objective.Parameters.SelectMany(p => p.shape));
        objective.Compute(Embeddings(1), Batch, 0);
        objective.Compute(Embeddings(2), Batch, 1);
        manual_seed(2);
        using var resumed = Objective(options);
        Assert.NotEqual(objective.Compute(Embeddings(3), Batch, 2).Loss.item<float>(), resumed.Compute(Embeddings(3), Batch, 2).Loss.item<float>());
        resumed.Load(objective.Save());
        for (var step = 3; step < 6; step++)
            Assert.Equal(objective.Compute(Embeddings(step), Batch, step).Loss.item<float>(), resumed.Compute(Embeddings(step), Batch, step).Loss.item<float>());
    }

    [Fact]
    public void Recipe_WrittenToACardAndReadAgain_IsTheSame()
    {
        var options = Read("""{ "losses": [{ "name": "triplet", "margin": 0.5, "labels": "category", "miner": { "name": "semi-hard", "margin": 0.5 }, "memory": { "size": 8 } }] }""");
        options.Validate();
        var written = JsonSerializer.Serialize(options, s_strict);
        Assert.Contains("\"labels\":\"category\"", written, StringComparison.Ordinal);
        Assert.Contains("\"margin\":0.5", written, StringComparison.Ordinal);
        Assert.Equal(written, JsonSerializer.Serialize(Read(written), s_strict));
    }

    [Fact]
    public void Validate_SeveralErrorsInTerms_NamesThemAllAtOnce()
    {
        var options = Read("""
            { "network": { "dimension": 0 }, "lossLearningRate": 0, "hardNegatives": { "every": 0, "share": 1 },
              "losses": [
                { "name": "tripplet" },
                { "name": "triplet", "margin": -1, "weight": 0, "miner": { "name": "semi-hard", "margin": 0 }, "memory": { "size": 0, "warmUp": -1 } },
                { "name": "arcface", "miner": { "name": "hardest" } },
                { "name": "triplet", "memory": {} },
                { "name": "info-nce", "temprature": 1, "labels": "" },
                null],
              "regularisers": [{ "name": "norm" }, { "name": "uniformity", "sharpness": 0, "weight": -1 }] }
            """);
        var message = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.All((string[])[
            "dimension is 0", "lossLearningRate is 0", "hardNegatives.every is 0", "hardNegatives.share is 1",
            "losses[0]: no loss is named 'tripplet'; there are arcface, contrastive,",
            "losses[1] (triplet): margin is -1", "losses[1]: weight is 0", "losses[1].miner (semi-hard): margin is 0", "losses[1]: memory.size is 0", "losses[1]: memory.warmUp is -1",
            "losses[2].miner: no miner is named 'hardest'", "losses[2] (arcface): is not a loss over pairs",
            "losses[3] (triplet): a memory makes too many triplets",
            "losses[4] (info-nce)", "temprature", "losses[4]: labels is empty", "losses[5] is null",
            "regularisers[0]: no regulariser is named 'norm'", "regularisers[1] (uniformity): sharpness is 0", "regularisers[1]: weight is -1"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_ListsThatAreNull_AreErrors() =>
        Assert.Contains("losses is null", Assert.Throws<ArgumentException>(Read("""{ "losses": null }""").Validate).Message, StringComparison.Ordinal);

    [Fact]
    public void Compute_AttributeLabels_LeavesOutPhotosWithoutThem()
    {
        using var scope = NewDisposeScope();
        var options = Read("""{ "network": { "dimension": 4 }, "losses": [{ "name": "supervised-contrastive", "labels": "metal", "memory": { "size": 16, "warmUp": 0 } }] }""");
        int[] metals = [0, PhotoLabels.Unknown, 1, 0, PhotoLabels.Unknown, 1, 1, PhotoLabels.Unknown];
        using var objective = Objective(options, new() { ["metal"] = metals });
        using var alone = new SupervisedContrastiveLoss(0.1);
        var embeddings = Embeddings(3).requires_grad_();
        var known = Batch.Where(i => metals[i] >= 0).ToArray();

        var loss = objective.Compute(embeddings, Batch, 0).Loss;
        Assert.Equal(alone.Compute(embeddings.index_select(0, Labels(known)), Labels([.. known.Select(i => metals[i])])).item<float>(), loss.item<float>(), 1e-6);
        loss.backward();
        Assert.All(Batch, i => Assert.Equal(metals[i] < 0, embeddings.grad![i].abs().sum().item<float>() == 0));

        // A batch that knows nothing changes nothing.
        var nothing = objective.Compute(embeddings, [1, 4, 7, 1, 4, 7, 1, 4], 1).Loss;
        Assert.Equal(0, nothing.item<float>());
        nothing.backward();
    }

    [Fact]
    public void Compute_PiecesThatMayBeOne_AreNoNegativesOfEachOther()
    {
        using var scope = NewDisposeScope();
        var options = Read("""{ "network": { "dimension": 4 }, "losses": [{ "name": "info-nce" }] }""");
        // Pieces 7 and 90 may be one, 3 and 11 are known apart.
        using var objective = Objective(options, groups: [1, 1, 1, 1, 2, 2, 4, 4]);
        using var alone = new InfoNceLoss(new());
        var (embeddings, labels) = (Embeddings(3), Labels([0, 0, 1, 1, 2, 2, 3, 3]));
        var expected = alone.Compute(PairBatch.Create(embeddings, labels).WithoutNegativesWithin(Labels([0, 0, 1, 2])));
        Assert.Equal(expected.item<float>(), objective.Compute(embeddings, Batch, 0).Loss.item<float>());
        using var apart = Objective(options);
        Assert.NotEqual(expected.item<float>(), apart.Compute(embeddings, Batch, 0).Loss.item<float>());
    }

    [Fact]
    public void Constructor_LabelsThatTheSetDoesNotHave_SaysWhichThereAre()
    {
        var options = Read("""{ "losses": [{ "name": "info-nce", "labels": "metall" }] }""");
        var refusal = Assert.Throws<ArgumentException>(() => Objective(options, new() { ["metal"] = Categories }));
        Assert.Contains("'metall'; the training set has piece, category, metal", refusal.Message, StringComparison.Ordinal);
    }

    private static TrainingOptions Read(string json) => JsonSerializer.Deserialize<TrainingOptions>(json, s_strict)!;

    private static TrainingObjective Objective(TrainingOptions options, Dictionary<string, IReadOnlyList<int>>? attributes = null, IReadOnlyList<int>? groups = null) =>
        new(options, new TrainingSet(1, [.. Pieces.Select(_ => new byte[3])], Categories, Pieces, attributes: attributes, groups: groups));

    private static Tensor Embeddings(int seed)
    {
        var random = new Random(seed);
        return nn.functional.normalize(tensor(Enumerable.Range(0, 32).Select(_ => (float)random.NextDouble() - 0.5f).ToArray()).reshape(8, 4), p: 2, dim: 1, eps: 1e-12);
    }

    private static Tensor Labels(int[] labels) => tensor(labels.Select(l => (long)l).ToArray());
}
