namespace Search.MetricLearning.Export;

/// <summary>How a network becomes an ONNX file.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Name of the graph's input, [batch, 3, height, width].</summary>
    public const string InputName = "input";

    /// <summary>Name of the graph's output, [batch, dimension], unit length.</summary>
    public const string OutputName = "embedding";

    /// <summary>
    /// Height and width in pixels that the graph accepts, a multiple of 32; null leaves both free. A fixed size lets a
    /// runtime plan its memory once and refuses a tensor of the wrong preprocessing.
    /// </summary>
    public int? ImageSize { get; init; } = 224;

    /// <summary>Text entries kept in the file, e.g. the model's id.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
