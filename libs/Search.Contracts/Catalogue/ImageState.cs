using System.Text.Json.Serialization;

namespace Search.Contracts.Catalogue;

/// <summary>How far a picture has come: accepted → embedded → indexed, or failed with a reason.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageState>))]
public enum ImageState
{
    [JsonStringEnumMemberName("accepted")]
    Accepted = 0,

    [JsonStringEnumMemberName("embedded")]
    Embedded = 1,

    [JsonStringEnumMemberName("indexed")]
    Indexed = 2,

    [JsonStringEnumMemberName("failed")]
    Failed = 3,
}
