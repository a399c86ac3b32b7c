using System.Text.Json.Serialization;

namespace Search.Imaging;

/// <summary>How a picture of any shape becomes the model's rectangle without distortion.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageFit>))]
public enum ImageFit
{
    /// <summary>The whole picture, centred, with the rest in <see cref="ImagePreprocessing.Background"/>.</summary>
    [JsonStringEnumMemberName("letterbox")]
    Letterbox,

    /// <summary>The rectangle filled, with what sticks out cut off equally on both sides.</summary>
    [JsonStringEnumMemberName("centerCrop")]
    CenterCrop,
}
