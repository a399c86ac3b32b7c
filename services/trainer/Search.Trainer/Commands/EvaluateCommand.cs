using System.CommandLine;
using Search.Evaluation;
using Search.Evaluation.Gate;
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
        var verdict = new Option<FileInfo?>("--verdict") { Description = "Writes what the gate says of the model beside --previous to this file, for './search verdict'. Promotions heed it." };
        var metrics = new Option<string>("--gate-metrics") { Description = "What the gate goes by: questions and measures.", DefaultValueFactory = _ => "category mAP, shopper R@1" };
        var margin = new Option<double>("--margin") { Description = "Least mean gain of each metric that the gate asks for.", DefaultValueFactory = _ => new GatePolicy().Margin };
        var tolerance = new Option<double>("--tolerance") { Description = "How far below 0 the lower end of a gain's interval may lie, and what a category may lose.", DefaultValueFactory = _ => new GatePolicy().Tolerance };
        var command = new Command("evaluate", """
            Judges a model, through ONNX Runtime: whether unseen photos find their category, whether shopper photos find their own piece, and whether similar pieces share attributes. Every figure has a 95 % interval; other models are compared query by query.

            Example:
              evaluate --model models/jewelry-mobilenetv2-128 --photos PHOTOS --catalogue demo \
                       --baseline UNTRAINED.onnx --html /tmp/report.html --json /tmp/report.json
            """)
        {
            model, photos, catalogue, previous, baseline, output, json, html, verdict, metrics, margin, tolerance,
        };
        command.SetAction(result => CommandRunner.Run(() => new EvaluationRun(TimeProvider.System).Run(new EvaluationRequest(
            result.GetRequiredValue(model).FullName,
            result.GetRequiredValue(photos).FullName,
            result.GetValue(catalogue)?.FullName,
            result.GetValue(previous)?.FullName,
            result.GetValue(baseline)?.FullName,
            result.GetRequiredValue(output),
            result.GetValue(json)?.FullName,
            result.GetValue(html)?.FullName,
            result.GetValue(verdict)?.FullName,
            MetricsOf(result.GetRequiredValue(metrics)),
            new GatePolicy { Margin = result.GetValue(margin), Tolerance = result.GetValue(tolerance), CategoryTolerance = result.GetValue(tolerance) }))));
        return command;
    }

    /// <exception cref="TrainerException">There are no such metrics, or they are not measured.</exception>
    private static IReadOnlyList<GateMetric> MetricsOf(string text)
    {
        if (!GateMetric.TryParse(text, PhotoGate.Questions, out var metrics, out var problem))
            throw new TrainerException($"--gate-metrics: {problem}");
        return metrics.FirstOrDefault(metric => Measures.Default.All(measured => measured.Name != metric.Measure.Name)) is { } other
            ? throw new TrainerException($"--gate-metrics: {other.Measure} is not measured; there are {string.Join(", ", Measures.Default)}.")
            : metrics;
    }
}
