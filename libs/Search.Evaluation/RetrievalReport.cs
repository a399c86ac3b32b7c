namespace Search.Evaluation;

/// <summary>Means over all queries with their intervals.</summary>
/// <param name="Queries">Queries asked.</param>
/// <param name="Unanswerable">Queries left out of the means because the gallery holds nothing relevant to them.</param>
/// <param name="PrecisionAt1">P@1.</param>
/// <param name="PrecisionAt10">P@10.</param>
/// <param name="RPrecision">Precision at the number of relevant items.</param>
/// <param name="MeanAveragePrecision">mAP over the whole gallery.</param>
/// <param name="NdcgAt10">nDCG@10 with grade 1 for a relevant item.</param>
public sealed record RetrievalReport(
    int Queries,
    int Unanswerable,
    ConfidenceInterval PrecisionAt1,
    ConfidenceInterval PrecisionAt10,
    ConfidenceInterval RPrecision,
    ConfidenceInterval MeanAveragePrecision,
    ConfidenceInterval NdcgAt10);
