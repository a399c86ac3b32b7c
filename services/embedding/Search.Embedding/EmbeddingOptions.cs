using System.ComponentModel.DataAnnotations;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>Configuration section <c>Embedding</c>. Every error is reported at start, all together.</summary>
public sealed class EmbeddingOptions
{
    public const string Section = "Embedding";

    /// <summary>
    /// The registry: a folder with one sub-folder a model, each with its card. Default: the folder <c>models</c> nearest above the program, or else
    /// above the current folder.
    /// </summary>
    public string? Models { get; set; }

    /// <summary>Name of the model to serve, which is its folder's name. Default jewelry-mobilenetv2-128.</summary>
    [Required]
    [RegularExpression("[a-z0-9][a-z0-9._-]*", ErrorMessage = "Embedding:Model is not a model's name: lower-case letters, digits, dots, dashes and underscores.")]
    public string Model { get; set; } = "jewelry-mobilenetv2-128";

    /// <summary>Where inference runs: cpu, cuda or tensorrt. The last two need the GPU build flavour. Default cpu.</summary>
    [Required]
    public string ExecutionProvider { get; set; } = "cpu";

    /// <summary>
    /// What to do when the execution provider can't be had. Allow: warn, say what is missing and run on the CPU. Deny: refuse to start, for
    /// deployments sized for a GPU, where an instance on the CPU would drag all others down. Default Allow.
    /// </summary>
    [EnumDataType(typeof(ProviderFallback))]
    public ProviderFallback Fallback { get; set; } = ProviderFallback.Allow;

    /// <summary>
    /// Inferences that run at a time. 0, the default: on the CPU one a core and thread (<see cref="IntraOpThreads"/>), on a GPU one, since it
    /// is kept full by batches.
    /// </summary>
    [Range(0, 256)]
    public int Runners { get; set; }

    /// <summary>
    /// Threads inside one inference. Default 1: with a runner a core that is the highest throughput measured (benchmark verb
    /// <c>inference</c>), and no thread spins while idle. More threads shorten a lone request at the cost of throughput.
    /// </summary>
    [Range(1, 256)]
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>
    /// Pictures in one inference at most. 0, the default: 1 on the CPU, where batching gains nothing and a picture's vector must not depend on
    /// its neighbours in a batch (other kernels may be chosen for other batch sizes); 32 on a GPU.
    /// </summary>
    [Range(0, 256)]
    public int MaxBatchSize { get; set; }

    /// <summary>
    /// Milliseconds that a picture waits for a batch to fill while another inference runs. A lone picture never waits. Default 3. Only used
    /// with batches of more than one.
    /// </summary>
    [Range(0, 1_000)]
    public double BatchDeadlineMs { get; set; } = 3;

    /// <summary>
    /// Queries that may wait, at the decoder and at the model each; one more is answered 503. Default 128: what two cores clear in about half
    /// a second. Catalogue pictures are not counted: their number is bounded by <see cref="CatalogueConcurrency"/>.
    /// </summary>
    [Range(1, 100_000)]
    public int QueueCapacity { get; set; } = 128;

    /// <summary>Pictures decoded at a time. 0, the default: one a core. Bounds memory: a 50-megapixel picture takes 200 MB while it is decoded.</summary>
    [Range(0, 256)]
    public int DecodeParallelism { get; set; }

    /// <summary>Catalogue events handled at a time. 0, the default: cores + 2, so that reading and storing overlap with computing.</summary>
    [Range(0, 1_024)]
    public int CatalogueConcurrency { get; set; }

    /// <summary>
    /// Catalogue pictures at a time under models that do not answer queries (<c>candidate</c>, <c>previous</c>). Default 1: filling the collection of the next model takes longer, and is felt by searches
    /// the less. A picture begins only while no query is being embedded, at the latest after a second.
    /// </summary>
    [Range(1, 1_024)]
    public int OthersConcurrency { get; set; } = 1;

    /// <summary>How often the registry is looked at for changed aliases, in case the message about it was lost. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AliasInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long what was made with a model is kept after the last alias turned from it without its being released, e.g. a candidate that another followed. Named again within that time, its collection is
    /// as good as filled. Default one day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepUnnamed { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Query pictures whose vectors are remembered, for shoppers who search again with another filter. Default 1,000, about 1 MB.</summary>
    [Range(0, 1_000_000)]
    public int RecentQueries { get; set; } = 1_000;

    /// <summary>Largest picture in bytes. Default 20 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxImageBytes { get; set; } = ImageLimits.Default.MaxBytes;

    /// <summary>Most pixels of a picture, width × height. Default 50 million.</summary>
    [Range(1, int.MaxValue / 4)]
    public long MaxImagePixels { get; set; } = ImageLimits.Default.MaxPixels;

    /// <summary>Longest side of a picture in pixels. Default 16,384.</summary>
    [Range(1, int.MaxValue)]
    public int MaxImageSide { get; set; } = ImageLimits.Default.MaxSide;

    internal ImageLimits ImageLimits => new() { MaxBytes = MaxImageBytes, MaxPixels = MaxImagePixels, MaxSide = MaxImageSide };

    internal int EffectiveDecodeParallelism => DecodeParallelism > 0 ? DecodeParallelism : Environment.ProcessorCount;

    internal int EffectiveCatalogueConcurrency => CatalogueConcurrency > 0 ? CatalogueConcurrency : Environment.ProcessorCount + 2;
}
