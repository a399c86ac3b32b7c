using System.CommandLine;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.Models;
using Search.Trainer.Evaluation;
using Search.Trainer.Photos;
using Search.Trainer.Publishing;

namespace Search.Trainer.Commands;

/// <summary>Judges a published model on the photos its training never saw.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var model = new Option<DirectoryInfo>("--model") { Description = "Model folder with model.json, model.onnx and split.json.", Required = true };
        var photos = new Option<DirectoryInfo>("--photos") { Description = "Folder whose sub-folders are categories; the one the split was made from.", Required = true };
        var baseline = new Option<FileInfo?>("--baseline") { Description = "Another ONNX model with the same input, to be judged on the same split." };
        var output = new Option<string>("--baseline-output") { Description = "Output of the baseline to take as the vector.", DefaultValueFactory = _ => "features" };
        var command = new Command("evaluate", """
            Prints category precision of a model on its held-out photos, through ONNX Runtime.

            Example:
              evaluate --model models/jewelry-mobilenetv2-128 --photos ../shared/data/jewelry-photos \
                       --baseline ../shared/models/mobilenetv2-imagenet/mobilenetv2-imagenet.onnx
            """)
        {
            model, photos, baseline, output,
        };
        command.SetAction(result => CommandRunner.Run(() => Evaluate(
            result.GetRequiredValue(model).FullName,
            result.GetRequiredValue(photos).FullName,
            result.GetValue(baseline)?.FullName,
            result.GetRequiredValue(output),
            TimeProvider.System)));
        return command;
    }

    private static void Evaluate(string folder, string photoFolder, string? baseline, string baselineOutput, TimeProvider time)
    {
        var card = ModelCard.Read(folder);
        var preprocessing = ImagePreprocessing.FromJson(card.Preprocessing.ToJsonString());
        using var model = new OnnxEmbedder(card.VerifyFile(folder), card.Input, card.Output, preprocessing.Height, preprocessing.Width);
        using var other = baseline is null
            ? null
            : new OnnxEmbedder(baseline, card.Input, baselineOutput, preprocessing.Height, preprocessing.Width);
        var manifest = SplitManifest.FromJson(File.ReadAllText(Path.Combine(folder, ModelPublisher.SplitFileName)));

        var photos = PhotoPreparation.Prepare(photoFolder, preprocessing, largeSide: null, time);
        var split = PhotoSplit.Apply(manifest, photos);
        Console.WriteLine($"{split.Training.Count} training photos, {split.HeldOut.Count} held out, {split.Unknown} unknown to the split");
        var judge = new ModelJudge(photos, split, preprocessing);
        List<JudgedModel> judged = [judge.Judge(card.Id.ToString(), model.Embed)];
        if (other is not null)
            judged.Add(judge.Judge(Path.GetFileNameWithoutExtension(baseline!), other.Embed));
        ReportTable.Print(judged);
    }
}
