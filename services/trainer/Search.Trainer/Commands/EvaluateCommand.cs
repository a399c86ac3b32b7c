using System.CommandLine;
using Search.Trainer.Evaluation;

namespace Search.Trainer.Commands;

/// <summary>Judges a published model on the photos its training never saw.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var model = new Option<DirectoryInfo>("--model") { Description = "Model folder with model.json, model.onnx and split.json.", Required = true };
        var photos = new Option<DirectoryInfo>("--photos") { Description = "Folder whose sub-folders are categories; the one the split was made from.", Required = true };
        var catalogue = new Option<DirectoryInfo?>("--catalogue") { Description = "Catalogue with attributes and query views, e.g. demo; without it attribute fidelity is not measured." };
        var previous = new Option<DirectoryInfo?>("--previous") { Description = "Folder of another model, judged on the same split. It must not have been trained on what the split holds out." };
        var baseline = new Option<FileInfo?>("--baseline") { Description = "Untrained ONNX network with the model's input, judged on the same split." };
        var output = new Option<string>("--baseline-output") { Description = "Output of the baseline to take as the vector.", DefaultValueFactory = _ => "features" };
        var json = new Option<FileInfo?>("--json") { Description = "Writes all figures to this file." };
        var html = new Option<FileInfo?>("--html") { Description = "Writes a report to read to this file. Photos are inside: keep it to yourself when they are not yours." };
        var command = new Command("evaluate", """
            Judges a model, through ONNX Runtime: whether unseen photos find their category, whether shopper photos find their own piece, and whether similar pieces share attributes. Every figure has a 95 % interval; other models are compared query by query.

            Example:
              evaluate --model models/jewelry-mobilenetv2-128 --photos ../shared/data/jewelry-photos --catalogue demo \
                       --baseline ../shared/models/mobilenetv2-imagenet/mobilenetv2-imagenet.onnx --html /tmp/report.html --json /tmp/report.json
            """)
        {
            model, photos, catalogue, previous, baseline, output, json, html,
        };
        command.SetAction(result => CommandRunner.Run(() => new EvaluationRun(TimeProvider.System).Run(new EvaluationRequest(
            result.GetRequiredValue(model).FullName,
            result.GetRequiredValue(photos).FullName,
            result.GetValue(catalogue)?.FullName,
            result.GetValue(previous)?.FullName,
            result.GetValue(baseline)?.FullName,
            result.GetRequiredValue(output),
            result.GetValue(json)?.FullName,
            result.GetValue(html)?.FullName))));
        return command;
    }
}
