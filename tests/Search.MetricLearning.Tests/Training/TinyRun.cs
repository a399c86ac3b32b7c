using System.Text.Json;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using Search.MetricLearning.Training;
using Search.MetricLearning.Training.Checkpoints;
using Search.MetricLearning.Weights;
using TorchSharp;

namespace Search.MetricLearning.Tests.Training;

/// <summary>Training in seconds: eight pictures of 40 pixels.</summary>
internal sealed class TinyRun(TrainingOptions options)
{
    /// <summary>Two stages of six steps.</summary>
    public static TrainingOptions Recipe { get; } = new()
    {
        Network = new() { Dimension = 16 },
        KeptViews = 2,
        Top = new() { Steps = 6, Side = 32, PiecesPerCategory = 3, LearningRate = 5e-4, HeadLearningRate = 5e-3 },
        Whole = new() { Steps = 6, Side = 32, PiecesPerCategory = 3, LearningRate = 2e-4, HeadLearningRate = 2e-3 },
    };

    /// <summary>All that a run can remember: a memory, vectors that a loss learns, an average, and hard negatives of two rounds a stage.</summary>
    public static TrainingOptions RecipeThatRemembers { get; } = Recipe with
    {
        Losses =
        [
            Term("""{ "name": "triplet", "labels": "category", "miner": { "name": "distance-weighted" }, "memory": { "size": 20, "warmUp": 1 } }"""),
            Term("""{ "name": "proxy-anchor", "labels": "category" }"""),
        ],
        Regularisers = [new() { Name = "koleo" }],
        HardNegatives = new() { Every = 4, Neighbours = 8, FalseNegativeMargin = 2 },
    };

    private static readonly TrainingSet s_pictures = Pictures();

    /// <summary>Of every optimiser step.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>Ids of what each round of mining found.</summary>
    public List<string> Rounds { get; } = [];

    public List<TrainingProgress> Measurements { get; } = [];

    /// <summary>Called after each optimiser step.</summary>
    public Action<int>? AfterStep { get; init; }

    /// <summary>Called after each measurement, with the network as it was measured.</summary>
    public Action<MobileNetV2>? AfterMeasurement { get; init; }

    public Checkpointing? Checkpoints { get; init; }

    public SharedFeatures? Shared { get; init; }

    /// <summary>Batches that went through the frozen blocks ahead of a stage.</summary>
    public int FrozenBatches { get; private set; }

    public static MobileNetV2 Network(int seed = 1)
    {
        torch.manual_seed(seed);
        return new MobileNetV2(16);
    }

    /// <summary>Trains to the end, or until <see cref="AfterStep"/> cancels.</summary>
    /// <returns>The head's weights.</returns>
    public float[] Train(CancellationToken cancellation)
    {
        using var network = Network();
        return Train(network, cancellation);
    }

    public float[] Train(MobileNetV2 network, CancellationToken cancellation)
    {
        var set = s_pictures;
        PhotoEvidence[] evidence = [.. Enumerable.Range(0, set.Count).Select(i =>
            new PhotoEvidence(new LabelledPhoto($"a/{i}.jpg", "a", $"{i}"), 0x123456789abcdefUL * (ulong)i, ReadOnlyMemory<float>.Empty))];
        var mining = new HardNegativeMining(evidence, new ExhaustiveIndexer(),
            found => Rounds.Add(string.Join('|', found.ByPhoto.Select(negatives => string.Join(' ', negatives.Select(n => n.Id))))));
        new EmbeddingTrainer(options, new ImagePreprocessing(), TimeProvider.System, mining, Checkpoints, options.Validation is null ? null : Pictures(brightness: 180), Shared)
            .Train(network, set, new Watcher(this, network), cancellation);
        return ModuleWeights.Values(network.Head.weight!);
    }

    /// <summary>Two categories of four pieces, told apart by the size and the colour of a square.</summary>
    public static TrainingSet Pictures(int brightness = 150)
    {
        const int side = 40;
        return new TrainingSet(side, [.. Enumerable.Range(0, 8).Select(Draw)], [0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6, 7]);

        byte[] Draw(int piece)
        {
            var image = new byte[3 * side * side];
            for (var i = 0; i < side * side; i++)
            {
                var inside = Math.Max(Math.Abs(i % side - 20), Math.Abs(i / side - 20)) < (piece < 4 ? 8 : 15);
                for (var c = 0; c < 3; c++)
                    image[3 * i + c] = inside ? (byte)(40 + brightness * ((piece >> c) & 1)) : (byte)255;
            }
            return image;
        }
    }

    private static LossTermOptions Term(string json) => JsonSerializer.Deserialize<LossTermOptions>(json, JsonSerializerOptions.Web)!;

    private sealed class Watcher(TinyRun run, MobileNetV2 network) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Validation is not null)
            {
                run.Measurements.Add(value);
                run.AfterMeasurement?.Invoke(network);
            }
            if (value.Stage == "frozen blocks")
                run.FrozenBatches++;
            if (value.Loss is not { } loss)
                return;
            run.Losses.Add(loss);
            run.AfterStep?.Invoke(run.Losses.Count);
        }
    }
}
