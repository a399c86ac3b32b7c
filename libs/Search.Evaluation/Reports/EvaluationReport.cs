namespace Search.Evaluation;

/// <summary>Models under the same questions, for people to read.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Facts">What was evaluated on what, by name.</param>
/// <param name="Models">Names of the models; the first is the one that is judged, the others are what it is compared with.</param>
/// <param name="Questions">What was asked.</param>
/// <param name="Maps">Maps of embeddings; may be empty.</param>
public sealed record EvaluationReport(
    string Title,
    IReadOnlyList<(string Name, string Value)> Facts,
    IReadOnlyList<string> Models,
    IReadOnlyList<ReportQuestion> Questions,
    IReadOnlyList<EmbeddingMap> Maps);

/// <summary>One question and every model's answer.</summary>
/// <param name="Id">Short name for files and links.</param>
/// <param name="Title">The question in a sentence.</param>
/// <param name="Explanation">Queries, gallery and what counts as relevant.</param>
/// <param name="Headline">Measures that matter most here; the first is broken down by category.</param>
/// <param name="OrderBy">The measure by which queries are best or worst.</param>
/// <param name="Reports">One a model, in the order of the models.</param>
/// <param name="Query">The picture of a query, by its row.</param>
/// <param name="Result">The picture of a gallery row.</param>
public sealed record ReportQuestion(
    string Id,
    string Title,
    string Explanation,
    IReadOnlyList<string> Headline,
    string OrderBy,
    IReadOnlyList<RetrievalReport> Reports,
    Func<int, ReportPicture> Query,
    Func<int, ReportPicture> Result);

/// <summary>A small picture.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Jpeg">A JPEG file; embedded into the page.</param>
public readonly record struct ReportPicture(string Caption, byte[] Jpeg);

/// <summary>Where vectors lie in two dimensions.</summary>
/// <param name="Model">Whose vectors.</param>
/// <param name="Categories">Names of the categories.</param>
/// <param name="Points">Coordinates in [0, 1], an index into the categories, and whether training never saw it.</param>
public sealed record EmbeddingMap(string Model, IReadOnlyList<string> Categories, IReadOnlyList<(float X, float Y, int Category, bool Unseen)> Points);
