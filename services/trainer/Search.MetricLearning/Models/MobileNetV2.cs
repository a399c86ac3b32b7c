using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Search.MetricLearning.Models;

/// <summary>
/// MobileNetV2 (Sandler et al., 2018) with batch normalisation folded into the convolutions and a linear head that
/// maps the pooled features to unit-length embeddings. State names equal torchvision's <c>mobilenet_v2</c>, plus those under
/// <see cref="NewLayers"/>, so ImageNet weights load by name.
/// </summary>
/// <remarks>
/// Input: RGB [N, 3, H, W] in [-1, 1], H and W multiples of 32. Not safe for concurrent use while it is being trained.
/// There are no batch statistics: a forward pass of one image does not depend on its batch, in training neither.
/// </remarks>
public sealed class MobileNetV2 : Module<Tensor, Tensor>
{
    /// <summary>Prefixes of the layers that ImageNet weights do not have; give them to <see cref="Weights.ModuleWeights.Load"/>.</summary>
    public static readonly IReadOnlyList<string> NewLayers = ["embed.", "pool."];

    private const int LastChannels = 1280;

    /// <summary>Blocks that <see cref="Range"/> counts: the stem, 17 inverted residuals and the last 1x1 convolution.</summary>
    public const int BlockCount = 19;

    // Table 2 of the paper: expansion t, channels c, repeats n, first stride s.
    private static readonly (int Expansion, int Channels, int Repeats, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    private readonly Module<Tensor, Tensor>[] _blocks;

    /// <summary>A network of width 1 with random weights drawn from torch's global generator.</summary>
    /// <param name="dimension">Length of the embedding.</param>
    public MobileNetV2(int dimension = 128) : this(new NetworkOptions { Dimension = dimension })
    {
    }

    /// <summary>A network with random weights drawn from torch's global generator.</summary>
    /// <exception cref="ArgumentException">Names every option that is out of range.</exception>
    public MobileNetV2(NetworkOptions options) : base(nameof(MobileNetV2))
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        options.AddErrors("network", errors);
        if (errors.Count > 0)
            throw new ArgumentException($"Invalid network options: {string.Join("; ", errors)}.", nameof(options));
        int[] channels = [.. BlockChannels(options.Width)];
        _blocks = [.. BuildBlocks(channels)];
        register_module("features", Sequential(_blocks.Select((block, i) => ($"{i}", block))));
        Scales = [.. options.Scales.Order()];
        FeatureDimension = Scales.Sum(block => channels[block]) + channels[^1];
        Pooling = new FeaturePooling(channels[^1], options.Attention);
        register_module("pool", Pooling);
        Head = Linear(FeatureDimension, options.Dimension);
        register_module("embed", Head);
        Dimension = options.Dimension;
        Initialise();
    }

    /// <summary>Length of the embedding.</summary>
    public int Dimension { get; }

    /// <summary>Length of the pooled features under the head.</summary>
    public int FeatureDimension { get; }

    /// <summary>Blocks whose outputs join the last one's, ascending.</summary>
    internal IReadOnlyList<int> Scales { get; }

    internal IReadOnlyList<Module<Tensor, Tensor>> Blocks => _blocks;

    internal FeaturePooling Pooling { get; }

    internal Linear Head { get; }

    /// <summary>[N, 3, H, W] to unit-length [N, Dimension]; a zero vector stays zero.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Embed(Features(input)).MoveToOuterDisposeScope();
    }

    /// <summary>[N, 3, H, W] to the pooled features [N, FeatureDimension].</summary>
    public Tensor Features(Tensor input) => FeaturesFrom(input, 0);

    /// <summary>The pooled features [N, FeatureDimension] from what <see cref="Range"/> gave for the blocks [0, <paramref name="from"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A scale lies below, so its output is lost.</exception>
    public Tensor FeaturesFrom(Tensor lower, int from)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, BlockCount);
        if (Scales.Count > 0 && Scales[0] < from - 1)
            throw new ArgumentOutOfRangeException(nameof(from), from, $"The output of block {Scales[0]} is part of the features.");
        using var scope = NewDisposeScope();
        List<Tensor> maps = [];
        var output = lower;
        if (Scales.Contains(from - 1))
            maps.Add(output);
        for (var i = from; i < BlockCount; i++)
        {
            output = _blocks[i].call(output);
            if (Scales.Contains(i))
                maps.Add(output);
        }
        maps.Add(output);
        return Pooling.call(maps).MoveToOuterDisposeScope();
    }

    /// <summary>Runs the blocks [<paramref name="from"/>, <paramref name="to"/>), so that a frozen part can be computed once and kept.</summary>
    public Tensor Range(Tensor input, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, BlockCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        using var scope = NewDisposeScope();
        var output = input;
        for (var i = from; i < to; i++)
            output = _blocks[i].call(output);
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>Pooled features [N, FeatureDimension] to unit-length [N, Dimension].</summary>
    public Tensor Embed(Tensor features)
    {
        using var scope = NewDisposeScope();
        return functional.normalize(Head.call(features), p: 2, dim: 1, eps: 1e-12).MoveToOuterDisposeScope();
    }

    /// <summary>Parameters of the pooling and the head.</summary>
    internal IEnumerable<Parameter> NewParameters => Pooling.parameters().Concat(Head.parameters());

    /// <summary>Output channels of every block.</summary>
    private static IEnumerable<int> BlockChannels(double width)
    {
        yield return Channels(32, width);
        foreach (var (_, channels, repeats, _) in Stages)
            for (var i = 0; i < repeats; i++)
                yield return Channels(channels, width);
        // A narrow network keeps its last layer (section 5 of the paper).
        yield return Channels(LastChannels, Math.Max(width, 1));
    }

    /// <summary>The next multiple of 8, never more than a tenth below what was asked for.</summary>
    private static int Channels(int channels, double width)
    {
        var rounded = Math.Max(8, (int)(channels * width + 4) / 8 * 8);
        return rounded < 0.9 * channels * width ? rounded + 8 : rounded;
    }

    private static IEnumerable<Module<Tensor, Tensor>> BuildBlocks(int[] channels)
    {
        yield return new ConvolutionBlock(3, channels[0], kernel: 3, stride: 2);
        var block = 1;
        foreach (var (expansion, _, repeats, stride) in Stages)
            for (var i = 0; i < repeats; i++, block++)
                yield return new InvertedResidual(channels[block - 1], channels[block], i == 0 ? stride : 1, expansion);
        yield return new ConvolutionBlock(channels[block - 1], channels[block], kernel: 1);
    }

    private void Initialise()
    {
        foreach (var module in modules())
            if (module is Conv2d convolution && convolution != Pooling.Attention)
            {
                // Fan-in: without batch normalisation the forward signal must keep its size, and fan-out ignores that a
                // depthwise filter sees one channel only.
                init.kaiming_normal_(convolution.weight!, mode: init.FanInOut.FanIn);
                init.zeros_(convolution.bias!);
            }
        // Orthonormal rows keep the features' angles as well as any projection to this dimension can before training.
        init.orthogonal_(Head.weight!);
        init.zeros_(Head.bias!);
    }
}
