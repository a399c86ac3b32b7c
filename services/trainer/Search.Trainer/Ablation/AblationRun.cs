using System.Text.Json;
using Search.Imaging;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Native;
using Search.MetricLearning.Training;
using Search.MetricLearning.Weights;
using Search.Trainer.Evaluation;
using Search.Trainer.HardNegatives;
using Search.Trainer.Photos;

namespace Search.Trainer.Ablation;

/// <summary>Trains every variant of a plan from the same weights, split and seed, and judges them by the same questions. Publishes nothing.</summary>
internal sealed class AblationRun(TimeProvider time)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private readonly ImagePreprocessing _preprocessing = new();

    /// <param name="plan">What to compare.</param>
    /// <param name="photos">Folder whose sub-folders are categories.</param>
    /// <param name="weightFile">ImageNet weights.</param>
    /// <param name="output">JSON file to write the figures into; null for none.</param>
    /// <param name="threads">Of one operation.</param>
    /// <param name="cancellation">Checked between steps.</param>
    public void Run(AblationPlan plan, string photos, string weightFile, string? output, int threads, CancellationToken cancellation)
    {
        var weights = SafeTensorsReader.Read(weightFile);
        TorchRuntime.Prepare(threads);
        var budget = plan.Variants[0].Options;
        TrainingMaterial material;
        using (var untrained = StartingNetwork.Untrained(weights))
            material = TrainingMaterial.Load(photos, catalogue: null, budget, untrained, _preprocessing, time);
        var judge = new ModelJudge(material.Photos, material.Split, _preprocessing);
        List<JudgedModel> judged = [];
        using var shared = new SharedFeatures();
        foreach (var (name, options) in plan.Variants)
        {
            Console.WriteLine($"-- {name}");
            using var network = StartingNetwork.Create(options.Network, options.Seed, weights);
            new EmbeddingTrainer(options, _preprocessing, time, Mining(options, material), validation: material.Validation, shared: shared).Train(network, material.Set, new ConsoleProgress(time), cancellation);
            judged.Add(judge.Judge(name, TorchEmbedding.Of(_preprocessing.Height, _preprocessing.Width, network.call)));
            // After each: a run of an hour that is cut short has still said something.
            if (output is not null)
                File.WriteAllText(output, AblationTable.ToJson(judge.Questions, judged).ToJsonString(s_indented) + "\n");
        }
        AblationTable.Print(judge.Questions, judged);
    }

    private static HardNegativeMining? Mining(TrainingOptions options, TrainingMaterial material) => options.HardNegatives is { } hard
        ? new HardNegativeMining(material.Evidence, new IndexNeighbours(MiningIndexes.Catalogue[hard.Index]), new MiningLog().Add)
        : null;
}
