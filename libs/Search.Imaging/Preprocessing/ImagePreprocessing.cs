using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Search.Imaging;

/// <summary>
/// Everything between a decoded picture and a model's input: the one definition that training writes into the model's
/// card and serving obeys. Under the same <see cref="Fingerprint"/> the same decoded picture gives the same bits on every
/// machine; vectors made under different fingerprints must never be compared.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ImagePreprocessing : IJsonOnDeserialized
{
    /// <summary>Raised whenever the same definition starts to give other pixels: decoder scale choice, kernels, rounding.</summary>
    public const int CurrentRevision = 1;

    private const int MaxSide = 4096;

    private static readonly JsonSerializerOptions s_canonical = new() { WriteIndented = false };

    /// <summary>Revision of the algorithm, not of these settings.</summary>
    // Names are spelled out so that a card serialised with any naming policy reads and hashes alike.
    [JsonPropertyOrder(0)]
    [JsonPropertyName("revision")]
    public int Revision { get; init; } = CurrentRevision;

    /// <summary>Model input width in pixels, 1 to 4,096.</summary>
    [JsonPropertyOrder(1)]
    [JsonPropertyName("width")]
    [JsonRequired]
    public int Width { get; init; } = 224;

    /// <summary>Model input height in pixels, 1 to 4,096.</summary>
    [JsonPropertyOrder(2)]
    [JsonPropertyName("height")]
    [JsonRequired]
    public int Height { get; init; } = 224;

    [JsonPropertyOrder(3)]
    [JsonPropertyName("fit")]
    public ImageFit Fit { get; init; } = ImageFit.Letterbox;

    /// <summary>The colour around a letterboxed picture. Transparency inside a picture is always put on white.</summary>
    [JsonPropertyOrder(4)]
    [JsonPropertyName("background")]
    public RgbColor Background { get; init; } = RgbColor.White;

    [JsonPropertyOrder(5)]
    [JsonPropertyName("resampling")]
    public ResamplingFilter Resampling { get; init; } = ResamplingFilter.Triangle;

    /// <summary>Per channel R, G, B, in units of full scale: input = (pixel / 255 - mean) / std. Default 0.5: input in [-1, 1].</summary>
    [JsonPropertyOrder(6)]
    [JsonPropertyName("mean")]
    [JsonRequired]
    public ImmutableArray<float> Mean { get; init; } = [0.5f, 0.5f, 0.5f];

    /// <summary>Per channel R, G, B, positive.</summary>
    [JsonPropertyOrder(7)]
    [JsonPropertyName("std")]
    [JsonRequired]
    public ImmutableArray<float> Std { get; init; } = [0.5f, 0.5f, 0.5f];

    /// <summary>Always "rgb"; stated so that a card made for another order is refused and not misread.</summary>
    [JsonPropertyOrder(8)]
    [JsonPropertyName("channelOrder")]
    public string ChannelOrder { get; init; } = "rgb";

    /// <summary>Always "nchw".</summary>
    [JsonPropertyOrder(9)]
    [JsonPropertyName("layout")]
    public string Layout { get; init; } = "nchw";

    /// <summary>3 × Height × Width, the floats of one image.</summary>
    [JsonIgnore]
    public int ValueCount => 3 * Height * Width;

    /// <summary>Height × Width × 3, the bytes of one resized image.</summary>
    [JsonIgnore]
    public int RgbByteCount => ValueCount;

    /// <summary>The first 16 hex digits of SHA-256 over <see cref="ToJson"/>. Computed on each call; keep it.</summary>
    [JsonIgnore]
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, s_canonical)))[..16];

    /// <summary>The canonical form: one line, members in fixed order, every member present.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_canonical);

    /// <exception cref="JsonException">Not such a definition, or not a valid one; the message lists every error.</exception>
    public static ImagePreprocessing FromJson(string json) =>
        JsonSerializer.Deserialize<ImagePreprocessing>(json, s_canonical) ?? throw new JsonException("the preprocessing is null");

    /// <exception cref="ArgumentException">Lists every error at once.</exception>
    public void Validate()
    {
        var errors = Errors();
        if (errors.Count > 0)
            throw new ArgumentException($"Invalid image preprocessing: {string.Join("; ", errors)}.");
    }

    /// <summary>
    /// The shorter side below which decoding a <paramref name="width"/> × <paramref name="height"/> picture smaller would
    /// visibly change what this preprocessing makes of it.
    /// </summary>
    public int SmallestUsefulSide(int width, int height) => FitGeometry.SmallestUsefulSide(this, width, height);

    /// <summary>By value, including the arrays.</summary>
    public bool Equals(ImagePreprocessing? other) => other is not null && ToJson() == other.ToJson();

    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    void IJsonOnDeserialized.OnDeserialized()
    {
        var errors = Errors();
        if (errors.Count > 0)
            throw new JsonException($"Invalid image preprocessing: {string.Join("; ", errors)}.");
    }

    private List<string> Errors()
    {
        List<string> errors = [];
        if (Revision != CurrentRevision)
            errors.Add($"revision is {Revision} and this build implements {CurrentRevision}");
        if (Width is < 1 or > MaxSide)
            errors.Add($"width is {Width}, not 1 to {MaxSide}");
        if (Height is < 1 or > MaxSide)
            errors.Add($"height is {Height}, not 1 to {MaxSide}");
        if (!Enum.IsDefined(Fit))
            errors.Add($"fit is {Fit}");
        if (!Enum.IsDefined(Resampling))
            errors.Add($"resampling is {Resampling}");
        if (Mean.IsDefault || Mean.Length != 3 || Mean.Any(m => !float.IsFinite(m)))
            errors.Add("mean needs three finite numbers");
        if (Std.IsDefault || Std.Length != 3 || Std.Any(s => !float.IsFinite(s) || s <= 0))
            errors.Add("std needs three positive numbers");
        if (ChannelOrder != "rgb")
            errors.Add($"channelOrder is \"{ChannelOrder}\" and only \"rgb\" is implemented");
        if (Layout != "nchw")
            errors.Add($"layout is \"{Layout}\" and only \"nchw\" is implemented");
        return errors;
    }
}
