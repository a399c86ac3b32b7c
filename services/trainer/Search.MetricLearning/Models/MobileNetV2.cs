using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Search.MetricLearning.Models;

/// <summary>
/// MobileNetV2 1.0 (Sandler et al., 2018) with batch normalisation folded into the convolutions and a linear head that
/// maps the pooled features to unit-length embeddings. State names equal torchvision's <c>mobilenet_v2</c>, plus
/// <c>embed.weight</c> and <c>embed.bias</c>, so ImageNet weights load by name.
/// </summary>
/// <remarks>
/// Input: RGB [N, 3, H, W] in [-1, 1], H and W multiples of 32. Not safe for concurrent use while it is being trained.
/// There are no batch statistics: a forward pass of one image does not depend on its batch, in training neither.
/// </remarks>
public sealed class MobileNetV2 : Module<Tensor, Tensor>
{
    /// <summary>Length of the pooled features under the head.</summary>
    public const int FeatureDimension = 1280;

    /// <summary>Blocks that <see cref="Range"/> counts: the stem, 17 inverted residuals and the last 1x1 convolution.</summary>
    public const int BlockCount = 19;

    // Table 2 of the paper: expansion t, channels c, repeats n, first stride s.
    private static readonly (int Expansion, int Channels, int Repeats, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    private readonly Module<Tensor, Tensor>[] _blocks;

    /// <summary>A network with random weights drawn from torch's global generator.</summary>
    /// <param name="dimension">Length of the embedding, at least 1.</param>
    public MobileNetV2(int dimension = 128) : base(nameof(MobileNetV2))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        _blocks = [.. BuildBlocks()];
        register_module("features", Sequential(_blocks.Select((block, i) => ($"{i}", block))));
        Head = Linear(FeatureDimension, dimension);
        register_module("embed", Head);
        Dimension = dimension;
        Initialise();
    }

    /// <summary>Length of the embedding.</summary>
    public int Dimension { get; }

    internal IReadOnlyList<Module<Tensor, Tensor>> Blocks => _blocks;

    internal Linear Head { get; }

    /// <summary>[N, 3, H, W] to unit-length [N, Dimension]; a zero vector stays zero.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Embed(Features(input)).MoveToOuterDisposeScope();
    }

    /// <summary>[N, 3, H, W] to the pooled features [N, 1280].</summary>
    public Tensor Features(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Pool(Range(input, 0, BlockCount)).MoveToOuterDisposeScope();
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

    /// <summary>The last block's output [N, 1280, h, w] averaged to [N, 1280].</summary>
    public static Tensor Pool(Tensor blocks) => blocks.mean([2, 3]);

    /// <summary>Pooled features [N, 1280] to unit-length [N, Dimension].</summary>
    public Tensor Embed(Tensor features)
    {
        using var scope = NewDisposeScope();
        return functional.normalize(Head.call(features), p: 2, dim: 1, eps: 1e-12).MoveToOuterDisposeScope();
    }

    /// <summary>Parameters of the blocks [<paramref name="from"/>, end), without the head.</summary>
    internal IEnumerable<Parameter> ParametersFrom(int from) => _blocks.Skip(from).SelectMany(block => block.parameters());

    private static IEnumerable<Module<Tensor, Tensor>> BuildBlocks()
    {
        var channels = 32;
        yield return new ConvolutionBlock(3, channels, kernel: 3, stride: 2);
        foreach (var (expansion, output, repeats, stride) in Stages)
            for (var i = 0; i < repeats; i++)
            {
                yield return new InvertedResidual(channels, output, i == 0 ? stride : 1, expansion);
                channels = output;
            }
        yield return new ConvolutionBlock(channels, FeatureDimension, kernel: 1);
    }

    private void Initialise()
    {
        foreach (var module in modules())
            if (module is Conv2d convolution)
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
