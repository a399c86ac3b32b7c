using Search.Evaluation.Gate;

namespace Search.Trainer.Evaluation;

/// <summary>What the evaluate command was asked for.</summary>
/// <param name="Model">Folder of the model that is judged.</param>
/// <param name="Photos">Folder whose sub-folders are categories.</param>
/// <param name="Catalogue">Folder with attributes and query views; null leaves that question out.</param>
/// <param name="Previous">Folder of a model to compare with; null for none.</param>
/// <param name="Baseline">Untrained ONNX file to compare with; null for none.</param>
/// <param name="BaselineOutput">Its output.</param>
/// <param name="Json">File for the figures; null for none.</param>
/// <param name="Html">File for the report; null for none.</param>
/// <param name="Verdict">File for what the gate says of the model beside the previous one; null for none.</param>
/// <param name="Metrics">What the gate goes by.</param>
/// <param name="Policy">What it asks for.</param>
internal sealed record EvaluationRequest(
    string Model, string Photos, string? Catalogue, string? Previous, string? Baseline, string BaselineOutput, string? Json, string? Html,
    string? Verdict, IReadOnlyList<GateMetric> Metrics, GatePolicy Policy);
