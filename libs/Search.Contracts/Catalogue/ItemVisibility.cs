using System.Text.Json.Serialization;

namespace Search.Contracts.Catalogue;

/// <summary>Who may find an item. Only public items appear in answers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemVisibility>))]
public enum ItemVisibility
{
    [JsonStringEnumMemberName("public")]
    Public = 0,

    /// <summary>Kept by its owner; never shown to shoppers.</summary>
    [JsonStringEnumMemberName("private")]
    Private = 1,

    /// <summary>Prepared but not yet, or no longer, on sale.</summary>
    [JsonStringEnumMemberName("unpublished")]
    Unpublished = 2,
}
