using System.Text.Json.Nodes;
using Search.Evaluation;
using Search.Trainer.Evaluation;

namespace Search.Trainer.Publishing;

/// <summary>Results as they stand in a model's card.</summary>
internal static class CardMetrics
{
    public static JsonObject Of(JudgedModel model) => new()
    {
        ["dimension"] = model.Dimension,
        ["heldOutAgainstTraining"] = Of(model.AgainstTraining),
        ["amongHeldOut"] = Of(model.AmongHeldOut),
        ["heldOutAgainstAllOthers"] = Of(model.AgainstAllOthers),
        ["otherViewFindsPiece"] = Of(model.OtherViews),
    };

    private static JsonObject Of(RetrievalReport report) => new()
    {
        ["queries"] = report.Queries - report.Unanswerable,
        ["precisionAt1"] = Of(report["P@1"]),
        ["precisionAt10"] = Of(report["P@10"]),
        ["rPrecision"] = Of(report["R-precision"]),
        ["meanAveragePrecision"] = Of(report["mAP"]),
        ["ndcgAt10"] = Of(report["nDCG@10"]),
    };

    /// <summary>Mean, then the ends of the 95 % interval.</summary>
    private static JsonArray Of(ConfidenceInterval interval) =>
        [Math.Round(interval.Mean, 4), Math.Round(interval.Lower, 4), Math.Round(interval.Upper, 4)];
}
