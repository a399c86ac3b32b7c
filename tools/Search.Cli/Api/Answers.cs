using System.Text.Json;

namespace Search.Cli.Api;

/// <summary>Answer of GET /v1/status, as far as commands need it.</summary>
internal sealed record ServiceStatus(ItemCounts? Items, JsonElement? Model, JsonElement? Index, string? Version);

internal sealed record ItemCounts(int Total, int Accepted, int Embedded, int Indexed, int Failed);

/// <summary>Answer of POST /v1/items:import.</summary>
internal sealed record ImportReport(int Accepted, int Unchanged, int Rejected, IReadOnlyList<ImportError> Errors);

internal sealed record ImportError(int Line, string? Id, int Status, string? Title, string? Detail);

/// <summary>Answer of POST /v1/search.</summary>
internal sealed record SearchAnswer(string QueryId, string Model, IReadOnlyList<SearchHit> Results, SearchTimings Timings);

internal sealed record SearchHit(string ItemId, float Score, SearchItem Item);

internal sealed record SearchItem(string Title, string Category, double? Price);

internal sealed record SearchTimings(double DecodeMs, double EmbedMs, double SearchMs, double RerankMs, double TotalMs);

/// <summary>Answer of GET /v1/models and of every change of them.</summary>
internal sealed record ModelList(IReadOnlyList<PublishedModel> Models);

internal sealed record PublishedModel(string Id, DateTimeOffset PublishedAt, IReadOnlyList<string> Aliases, bool Served, bool Active, bool Released, ModelFilling? Filling);

internal sealed record ModelFilling(long Pictures, long Lacking, long Failed, double? PerSecond, double? SecondsLeft);

/// <summary>Body of POST /v1/models/candidate, promote, rollback and release.</summary>
internal sealed record ModelChange(string? Model, string? Reason, bool Force = false);

/// <summary>Answer of GET /v1/models/compare.</summary>
internal sealed record ModelComparison(string Model, string Active, int K, int Compared, int Skipped, double? Overlap, double? Low, double? High, double? SameFirst);
