using System.Text.Json;
using Search.Contracts;
using Search.Contracts.Verdicts;
using Search.Evaluation;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.Models;
using Search.Trainer.Photos;
using Search.Trainer.Publishing;

namespace Search.Trainer.Evaluation;

/// <summary>Prepares the pictures, asks every model and writes what was found.</summary>
internal sealed class EvaluationRun(TimeProvider time)
{
    private readonly Dictionary<string, (ModelJudge Judge, PhotoSplit Split)> _judges = [];

    /// <exception cref="TrainerException">A verdict is asked for and no model to judge beside.</exception>
    public void Run(EvaluationRequest request)
    {
        if (request.Verdict is not null && request.Previous is null)
            throw new TrainerException("--verdict needs --previous: the gate judges a model beside another.");
        var card = ModelCard.Read(request.Model);
        var preprocessing = ModelPublisher.PreprocessingOf(card);
        var manifest = ModelPublisher.ReadSplit(request.Model);
        if (request.Previous is not null)
            manifest = manifest.WithoutHeldOut(ModelPublisher.ReadSplit(request.Previous));
        var demo = request.Catalogue is null ? null : DemoCatalogue.Read(request.Catalogue);
        (ModelJudge Judge, PhotoSplit Split) For(ImagePreprocessing wanted)
        {
            if (!_judges.TryGetValue(wanted.Fingerprint, out var made))
                _judges[wanted.Fingerprint] = made = Prepare(request.Photos, wanted, manifest, demo);
            return made;
        }

        var (judge, split) = For(preprocessing);
        Console.WriteLine($"{split.Training.Count} training photos, {split.HeldOut.Count} held out, {split.Unknown} unknown to the split");
        List<JudgedModel> judged = [Judge(judge, request.Model, card, preprocessing)];
        if (request.Previous is not null)
        {
            var other = ModelCard.Read(request.Previous);
            judged.Add(Judge(For(ModelPublisher.PreprocessingOf(other)).Judge, request.Previous, other, ModelPublisher.PreprocessingOf(other)));
            if (request.Verdict is not null)
                WriteVerdict(request, new PhotoGate(judge, split, time).Judge((card.Id, judged[0]), (other.Id, judged[1]), request.Metrics, request.Policy));
        }
        if (request.Baseline is not null)
        {
            using var network = new OnnxEmbedder(request.Baseline, card.Input, request.BaselineOutput, preprocessing.Height, preprocessing.Width);
            judged.Add(judge.Judge("untrained", network.Embed));
        }
        ReportTable.Print(judge.Questions, judged);
        Write(request, new ReportBuilder(judge, split, preprocessing).Build($"Evaluation of {card.Name} {card.Version}", judged, maps: request.Html is not null));
    }

    private (ModelJudge, PhotoSplit) Prepare(string folder, ImagePreprocessing preprocessing, SplitManifest manifest, DemoCatalogue? demo)
    {
        var photos = PhotoPreparation.Prepare(folder, preprocessing, largeSide: null, time);
        var split = PhotoSplit.Apply(manifest, photos);
        return (new ModelJudge(photos, split, preprocessing, demo), split);
    }

    private static JudgedModel Judge(ModelJudge judge, string folder, ModelCard card, ImagePreprocessing preprocessing)
    {
        using var model = new OnnxEmbedder(card.VerifyFile(folder), card.Input, card.Output, preprocessing.Height, preprocessing.Width);
        return judge.Judge($"{card.Name} {card.Version}", model.Embed);
    }

    private static void WriteVerdict(EvaluationRequest request, ModelVerdict verdict)
    {
        File.WriteAllText(request.Verdict!, JsonSerializer.Serialize(verdict, ContractJson.Options));
        Console.WriteLine($"the gate: {verdict.Outcome}");
        foreach (var reason in verdict.Reasons)
            Console.WriteLine($"  {reason}");
        Console.WriteLine($"written: {request.Verdict}");
    }

    private static void Write(EvaluationRequest request, EvaluationReport report)
    {
        foreach (var (path, text) in (IEnumerable<(string?, Func<string>)>)[
            (request.Json, () => EvaluationJson.Write(report)), (request.Html, () => HtmlReport.Write(report))])
        {
            if (path is null)
                continue;
            File.WriteAllText(path, text());
            Console.WriteLine($"written: {path}");
        }
    }
}
