using System.Text.Json.Serialization;

namespace Search.Imaging;

/// <summary>
/// The kernel of a separable resize. When shrinking, the kernel is stretched by the scale, so that every source pixel
/// counts (no aliasing); when enlarging it interpolates. Sums run in float32 without fused multiply-add, so that every
/// processor gives the same bytes.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResamplingFilter>))]
public enum ResamplingFilter
{
    /// <summary>1 - |x| over [-1, 1]: "bilinear with antialiasing" in Pillow and torchvision. Soft, never rings.</summary>
    [JsonStringEnumMemberName("triangle")]
    Triangle,

    /// <summary>Cubic convolution with a = -1/2 over [-2, 2] (Keys 1981): Pillow's "bicubic". Sharper, slight halos, twice the taps.</summary>
    [JsonStringEnumMemberName("catmullRom")]
    CatmullRom,
}
