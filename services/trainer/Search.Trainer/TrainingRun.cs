using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.Export;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using Search.MetricLearning.Native;
using Search.MetricLearning.Training;
using Search.MetricLearning.Weights;
using Search.Trainer.Evaluation;
using Search.Trainer.HardNegatives;
using Search.Trainer.Photos;
using Search.Trainer.Publishing;
using TorchSharp;

namespace Search.Trainer;

/// <summary>From a folder of photos to a published model: decode, group, split, train, export, verify, judge, publish.</summary>
internal sealed class TrainingRun(TimeProvider time)
{
    // A misspelt option must not train for half an hour with the default.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly ImagePreprocessing _preprocessing = new();
    // Judging must not leak, so anything that may be one piece stays together; learning must not call two rings in the
    // same studio pose one piece, so its positives need strong evidence.
    private readonly GroupingOptions _splitGrouping = new();
    private readonly GroupingOptions _pieceGrouping = new() { MaximumHashDistance = 0, MinimumCosine = 0.97 };

    public void Run(TrainingRequest request, CancellationToken cancellation)
    {
        var options = ReadRecipe(request);
        options.Validate();
        // Looked up before anything is read: a misspelt index must not stop the run after the first stage.
        var index = options.HardNegatives is { } hard ? MiningIndexes.Catalogue[hard.Index] : null;
        var weights = SafeTensorsReader.Read(request.Weights);
        TorchRuntime.Prepare(request.Threads);
        torch.manual_seed(options.Seed);
        using var network = new MobileNetV2(options.Dimension);
        network.Load(weights, "embed.");
        network.UseChannelsLast();

        // Room to cut into: a view of 0.65 of the side keeps more than 0.8 pixels for each of its own.
        var largeSide = Math.Max(options.Top.Side, options.Whole.Side) * 13 / 10;
        var photos = PhotoPreparation.Prepare(request.Photos, _preprocessing, largeSide, time);
        var untrained = PhotoVectors.Embed(photos, _preprocessing, Torch(network.Features));
        PhotoEvidence[] evidence = [.. photos.Select((p, i) => new PhotoEvidence(p.Photo, p.PerceptualHash, untrained[i]))];
        var manifest = GroupedSplit.Divide(
            [.. photos.Select(p => p.Photo)], ProductGrouping.Group(evidence, _splitGrouping), new SplitOptions { Seed = request.Seed });
        var split = PhotoSplit.Apply(manifest, photos);
        Console.WriteLine($"{photos.Count} photos of {split.Groups.Distinct().Count()} pieces: {split.Training.Count} to train on, {split.HeldOut.Count} held out");

        var mined = new MiningLog();
        var mining = index is null ? null : new HardNegativeMining([.. split.Training.Select(i => evidence[i])], new IndexNeighbours(index), mined.Add);
        var start = time.GetTimestamp();
        new EmbeddingTrainer(options, _preprocessing, time, mining)
            .Train(network, TrainingPhotos(photos, split, ProductGrouping.Group(evidence, _pieceGrouping), largeSide), new ConsoleProgress(time), cancellation);
        var minutes = time.GetElapsedTime(start).TotalMinutes;
        Publish(request, options, network, weights, photos, manifest, split, mined, minutes);
    }

    private void Publish(
        TrainingRequest request, TrainingOptions options, MobileNetV2 network, IReadOnlyDictionary<string, WeightTensor> startingWeights,
        IReadOnlyList<PreparedPhoto> photos, SplitManifest manifest, PhotoSplit split, MiningLog mined, double minutes)
    {
        Directory.CreateDirectory(request.Output);
        var exported = Path.Combine(request.Output, ModelPublisher.ModelFileName + ".new");
        using (var file = File.Create(exported))
            OnnxExporter.Save(network, file, new OnnxExportOptions { ImageSize = _preprocessing.Width });
        try
        {
            using var embedder = new OnnxEmbedder(
                exported, OnnxExportOptions.InputName, OnnxExportOptions.OutputName, _preprocessing.Height, _preprocessing.Width);
            var difference = ExportVerification.Verify(embedder, network, photos, _preprocessing);
            Console.WriteLine(FormattableString.Invariant($"export differs from the network by at most {difference:E1}"));
            var judge = new ModelJudge(photos, split, _preprocessing);
            var judged = judge.Judge("trained", embedder.Embed);
            network.Load(startingWeights, "embed.");
            var baseline = judge.Judge("untrained", Torch(network.Features));
            ReportTable.Print(judge.Questions, [judged, baseline]);
            var card = ModelPublisher.Publish(
                request.Output, exported, manifest, _preprocessing, request.Version, options.Dimension,
                TrainingNotes(request, options, split, mined, minutes), Metrics(judge.Questions, judged, baseline, difference));
            Console.WriteLine($"published {card.Id}");
        }
        finally
        {
            File.Delete(exported);
        }
    }

    private Func<float[], int, float[]> Torch(Func<torch.Tensor, torch.Tensor> network) =>
        TorchEmbedding.Of(_preprocessing.Height, _preprocessing.Width, network);

    private static TrainingSet TrainingPhotos(
        IReadOnlyList<PreparedPhoto> photos, PhotoSplit split, IReadOnlyList<int> pieces, int side)
    {
        var categories = photos.Select(p => p.Photo.Category).Distinct().Order(StringComparer.Ordinal).ToList();
        return new TrainingSet(
            side,
            [.. split.Training.Select(i => photos[i].Large)],
            [.. split.Training.Select(i => categories.IndexOf(photos[i].Photo.Category))],
            [.. split.Training.Select(i => pieces[i])]);
    }

    private JsonObject TrainingNotes(TrainingRequest request, TrainingOptions options, PhotoSplit split, MiningLog mined, double minutes) => new()
    {
        ["command"] = "dotnet run -c Release --project services/trainer/Search.Trainer -- train --photos <photos> --weights <weights> "
            + $"--out models/{Path.GetFileName(request.Output)} --seed {request.Seed} --threads {request.Threads} --model-version {request.Version}"
            + (request.Recipe is null ? "" : " --recipe <options below>"),
        ["seed"] = request.Seed,
        ["options"] = JsonSerializer.SerializeToNode(options, s_json),
        ["splitGrouping"] = JsonSerializer.SerializeToNode(_splitGrouping, s_json),
        ["pieceGrouping"] = JsonSerializer.SerializeToNode(_pieceGrouping, s_json),
        ["hardNegativeRounds"] = mined.ToJson(),
        ["weightsSha256"] = ModelPublisher.Hash(request.Weights),
        ["trainingPhotos"] = split.Training.Count,
        ["heldOutPhotos"] = split.HeldOut.Count,
        ["minutes"] = Math.Round(minutes, 1),
    };

    private static JsonObject Metrics(IReadOnlyList<Question> questions, JudgedModel trained, JudgedModel untrained, double difference) => new()
    {
        ["measures"] = CardMetrics.Explain(questions),
        ["command"] = "dotnet run -c Release --project services/trainer/Search.Trainer -- evaluate --model <this folder> --photos <photos> --baseline <untrained.onnx>",
        ["trained"] = CardMetrics.Of(questions, trained),
        ["untrained"] = CardMetrics.Of(questions, untrained),
        ["largestExportDifference"] = difference,
    };

    private static TrainingOptions ReadRecipe(TrainingRequest request)
    {
        if (request.Recipe is null)
            return new TrainingOptions { Seed = request.Seed };
        try
        {
            var options = JsonSerializer.Deserialize<TrainingOptions>(File.ReadAllText(request.Recipe), s_json);
            return (options ?? throw new TrainerException($"The recipe '{request.Recipe}' is empty.")) with { Seed = request.Seed };
        }
        catch (JsonException e)
        {
            throw new TrainerException($"The recipe '{request.Recipe}' cannot be read: {e.Message}");
        }
    }
}
