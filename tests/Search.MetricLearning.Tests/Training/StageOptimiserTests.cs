using System.Text.Json;
using Search.MetricLearning.Training;
using Search.MetricLearning.Weights;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Training;

public sealed class StageOptimiserTests
{
    private static readonly TrainingOptions s_options = TinyRun.Recipe with
    {
        Losses = [JsonSerializer.Deserialize<LossTermOptions>("""{ "name": "proxy-anchor", "labels": "category" }""", JsonSerializerOptions.Web)!],
    };

    /// <summary>A batch of which nothing is known reaches no proxy; they still go on by their momentum.</summary>
    [Fact]
    public void Load_StepThatDoesNotReachAParameter_MovesItAsWithoutLoading()
    {
        Assert.Equal(Proxies(reload: false), Proxies(reload: true));

        static float[] Proxies(bool reload)
        {
            using var network = TinyRun.Network();
            using var first = new TrainingObjective(s_options, TinyRun.Pictures());
            using var second = new TrainingObjective(s_options, TinyRun.Pictures());
            using var before = new StageOptimiser(s_options, s_options.Schedule()[1], network, first);
            using var after = new StageOptimiser(s_options, s_options.Schedule()[1], network, second);
            Tensor OfNetwork() => network.parameters().Select(p => p.sum()).Aggregate((a, b) => a + b);
            first.Load(new Dictionary<string, WeightTensor> { ["losses.0.classes"] = new([2, 16], [.. Enumerable.Range(1, 32).Select(i => i / 32f)]) });
            before.Step(OfNetwork() + first.Parameters.Single().square().sum(), rate: 1);
            second.Load(first.Save());
            after.Load(before.Save());
            var (objective, optimiser) = reload ? (second, after) : (first, before);
            optimiser.Step(OfNetwork(), rate: 1);
            return ModuleWeights.Values(objective.Parameters.Single());
        }
    }

    [Fact]
    public void Load_MomentsOfAnotherNetwork_IsRefused()
    {
        using var network = TinyRun.Network();
        using var objective = new TrainingObjective(TinyRun.Recipe, TinyRun.Pictures());
        using var top = new StageOptimiser(TinyRun.Recipe, TinyRun.Recipe.Schedule()[0], network, objective);
        using var whole = new StageOptimiser(TinyRun.Recipe, TinyRun.Recipe.Schedule()[1], network, objective);
        Assert.Throws<WeightFormatException>(() => whole.Load(top.Save()));
    }
}
