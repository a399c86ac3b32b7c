namespace Search.Gateway.Models;

/// <summary>The published models, oldest first, and how far each is on its way to answering searches.</summary>
public sealed record ModelsAnswer(IReadOnlyList<ModelAnswer> Models);

/// <summary>A published model.</summary>
/// <param name="Id">name@version+fingerprint.</param>
/// <param name="Aliases">What stands for it now: production, candidate, previous.</param>
/// <param name="Served">It embeds catalogue pictures.</param>
/// <param name="Active">It answers searches.</param>
/// <param name="Released">Nothing names it, and what was made with it goes or is gone.</param>
/// <param name="Filling">How far its collection is; null of a model that is not served beside the active one.</param>
public sealed record ModelAnswer(string Id, DateTimeOffset PublishedAt, IReadOnlyList<string> Aliases, bool Served, bool Active, bool Released, FillingAnswer? Filling);

/// <summary>How far a model's collection is.</summary>
/// <param name="Pictures">Pictures that searches find under the active model.</param>
/// <param name="Lacking">Those of them that this collection lacks; 0 when it is filled.</param>
/// <param name="Failed">Pictures that can't be embedded under this model.</param>
/// <param name="PerSecond">Pictures a second over the last minute; null while nothing comes in.</param>
/// <param name="SecondsLeft">At that rate; null without one.</param>
public sealed record FillingAnswer(long Pictures, long Lacking, long Failed, double? PerSecond, double? SecondsLeft);

/// <summary>How alike the answers of two models are.</summary>
/// <param name="Model">The one that was compared.</param>
/// <param name="Active">The one that answers searches.</param>
/// <param name="Compared">Pictures of the catalogue that both were asked with.</param>
/// <param name="Skipped">Items drawn that have no picture in both collections.</param>
/// <param name="Overlap">Mean share of the first k pictures that both answer, 0 to 1.</param>
/// <param name="Low">Lower end of its 95 % interval over the pictures drawn.</param>
/// <param name="High">Upper end.</param>
/// <param name="SameFirst">Share of pictures for which both answer the same one first, 0 to 1.</param>
public sealed record ComparisonAnswer(string Model, string Active, int K, int Compared, int Skipped, double? Overlap, double? Low, double? High, double? SameFirst);
