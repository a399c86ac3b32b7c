using System.Text.Json.Serialization;

namespace Search.MetricLearning.Training;

/// <summary>Which label makes two photos a positive pair.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LabelLevel>))]
public enum LabelLevel
{
    /// <summary>Views and photos of one piece of jewelry.</summary>
    [JsonStringEnumMemberName("piece")]
    Piece = 0,

    /// <summary>Pieces of one category.</summary>
    [JsonStringEnumMemberName("category")]
    Category = 1,
}
