using System.Text.Json;
using System.Text.Json.Nodes;
using Search.Imaging;
using Search.MetricLearning.Export;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Models;
using Search.MetricLearning.Native;
using Search.MetricLearning.Training;
using Search.MetricLearning.Training.Checkpoints;
using Search.MetricLearning.Weights;
using Search.Trainer.Curves;
using Search.Trainer.Evaluation;
using Search.Trainer.HardNegatives;
using Search.Trainer.Photos;
using Search.Trainer.Publishing;
using TorchSharp;

namespace Search.Trainer;

/// <summary>From a folder of photos to a published model: decode, group, split, train, export, verify, judge, publish.</summary>
/// <param name="time">Measures rates.</param>
/// <param name="listener">Told of every step; null tells the console.</param>
internal sealed class TrainingRun(TimeProvider time, IProgress<TrainingProgress>? listener = null)
{
    private readonly ImagePreprocessing _preprocessing = new();
    private readonly IProgress<TrainingProgress> _progress = listener ?? new ConsoleProgress(time);

    /// <returns>The published model's id.</returns>
    public string Run(TrainingRequest request, CancellationToken cancellation)
    {
        RequirePossible(request);
        var options = RecipeFile.Read(request.Recipe, request.Seed);
        var index = options.HardNegatives is { } hard ? MiningIndexes.Catalogue[hard.Index] : null;
        var weights = SafeTensorsReader.Read(request.Weights);
        var start = request.StartFrom is null ? null : StartingModel.Read(request.StartFrom, _preprocessing);
        var stated = request.Provenance is null ? null : Provenance.Read(request.Provenance);
        TorchRuntime.Prepare(request.Threads);
        // The untrained one first: both draw from torch's generator, and training goes on from where it stands.
        using var untrained = StartingNetwork.Untrained(weights);
        using var network = StartingNetwork.Create(options.Network, options.Seed, weights);
        start?.Load(network);

        var material = TrainingMaterial.Load(
            request.Photos, request.Catalogue is null ? null : DemoCatalogue.Read(request.Catalogue), options, untrained, _preprocessing, time,
            start?.Split, _progress);
        cancellation.ThrowIfCancellationRequested();
        var mined = new MiningLog();
        var mining = index is null ? null : new HardNegativeMining(material.Evidence, new IndexNeighbours(index), mined.Add);
        var checkpoints = request.CheckpointEvery == 0 ? null
            : new Checkpointing(CheckpointsOf(request)) { EverySteps = request.CheckpointEvery, Resume = request.Resume };
        var trainer = new EmbeddingTrainer(options, _preprocessing, time, mining, checkpoints, material.Validation);
        using var curves = request.Curves is null ? null : new CurveFile(request.Curves, request.Resume, time);
        var took = trainer.Train(network, material.Set, curves is null ? _progress : new ProgressFork(_progress, curves), cancellation);
        var provenance = stated ?? Provenance.Unstated([.. material.Photos.Select(photo => photo.Photo.Category)], request.Catalogue is not null);
        var published = Publish(request, options, start, provenance, network, untrained, material, mined, took.TotalMinutes);
        checkpoints?.Folder.Clear();
        return published;
    }

    /// <summary>Beside the published folder, which holds nothing but a model that is complete.</summary>
    private static CheckpointFolder CheckpointsOf(TrainingRequest request) => new(Path.TrimEndingDirectorySeparator(request.Output) + ".checkpoints");

    /// <summary>A run must not read photos for minutes to be told then what was known at its start.</summary>
    private static void RequirePossible(TrainingRequest request)
    {
        if (request.CheckpointEvery < 0)
            throw new TrainerException($"--checkpoint-every is {request.CheckpointEvery}, not at least 0.");
        if (request.Resume && request.CheckpointEvery == 0)
            throw new TrainerException("--resume needs checkpoints; leave out --checkpoint-every 0.");
        if (request.Curves is { } curves && Path.GetExtension(curves).Equals(".html", StringComparison.OrdinalIgnoreCase))
            throw new TrainerException("--curves names the page; name the file for the lines, e.g. curves.jsonl.");
        var checkpoints = CheckpointsOf(request);
        if (checkpoints.Any && !request.Resume)
            throw new TrainerException($"'{checkpoints.Path}' holds the checkpoint of a run that did not end. Go on with --resume, or delete the folder.");
    }

    private string Publish(
        TrainingRequest request, TrainingOptions options, StartingModel? start, Provenance provenance, MobileNetV2 network, MobileNetV2 untrained,
        TrainingMaterial material, MiningLog mined, double minutes)
    {
        Directory.CreateDirectory(request.Output);
        var exported = Path.Combine(request.Output, ModelPublisher.ModelFileName + ".new");
        using (var file = File.Create(exported))
            OnnxExporter.Save(network, file, new OnnxExportOptions { ImageSize = _preprocessing.Width });
        try
        {
            using var embedder = new OnnxEmbedder(
                exported, OnnxExportOptions.InputName, OnnxExportOptions.OutputName, _preprocessing.Height, _preprocessing.Width);
            var difference = ExportVerification.Verify(embedder, network, material.Photos, _preprocessing);
            Console.WriteLine(FormattableString.Invariant($"export differs from the network by at most {difference:E1}"));
            var judge = new ModelJudge(
                material.Photos, material.Split, _preprocessing, request.JudgingCatalogue is null ? null : DemoCatalogue.Read(request.JudgingCatalogue));
            var judged = judge.Judge("trained", embedder.Embed);
            var baseline = judge.Judge("untrained", Torch(untrained.Features));
            ReportTable.Print(judge.Questions, [judged, baseline]);
            var card = ModelPublisher.Publish(
                request.Output, exported, material.Manifest, _preprocessing, request.Version, options.Network.Dimension,
                TrainingNotes(request, options, start, material, mined, minutes), Metrics(judge.Questions, judged, baseline, difference), provenance);
            Console.WriteLine($"published {card.Id}");
            return card.Id.Value;
        }
        finally
        {
            File.Delete(exported);
        }
    }

    private Func<float[], int, float[]> Torch(Func<torch.Tensor, torch.Tensor> network) =>
        TorchEmbedding.Of(_preprocessing.Height, _preprocessing.Width, network);

    private static JsonObject TrainingNotes(TrainingRequest request, TrainingOptions options, StartingModel? start, TrainingMaterial material, MiningLog mined, double minutes) => new()
    {
        ["command"] = "dotnet run -c Release --project services/trainer/Search.Trainer -- train --photos <photos> --weights <weights> "
            + (start is null ? "" : $"--start-from <{start.Card.Name} {start.Card.Version}> ") + (request.Catalogue is null ? "" : "--catalogue <catalogue> ") + (request.JudgingCatalogue is null ? "" : "--judging-catalogue <demo> ")
            + $"--out models/{Path.GetFileName(request.Output)} --seed {request.Seed} --threads {request.Threads} --model-version {request.Version}"
            + (request.Recipe is null ? "" : " --recipe <options below>"),
        ["seed"] = request.Seed,
        ["options"] = JsonSerializer.SerializeToNode(options, RecipeFile.Json),
        ["splitGrouping"] = JsonSerializer.SerializeToNode(TrainingMaterial.SplitGrouping, RecipeFile.Json),
        ["pieceGrouping"] = JsonSerializer.SerializeToNode(TrainingMaterial.PieceGrouping, RecipeFile.Json),
        ["hardNegativeRounds"] = mined.ToJson(),
        ["startedFrom"] = start?.Card.Id.ToString(),
        ["weightsSha256"] = ModelPublisher.Hash(request.Weights),
        ["trainingPhotos"] = material.Split.Training.Count - (material.Validation?.Count ?? 0),
        ["validationPhotos"] = material.Validation?.Count ?? 0,
        ["catalogueSha256"] = request.Catalogue is null ? null : ModelPublisher.Hash(Path.Combine(request.Catalogue, DemoCatalogue.ItemsFile)),
        ["heldOutPhotos"] = material.Split.HeldOut.Count,
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
}
