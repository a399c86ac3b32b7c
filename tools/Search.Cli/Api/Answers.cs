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
