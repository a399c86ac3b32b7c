using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Search.MetricLearning.Models;

/// <summary>
/// Convolution with bias, then ReLU6. TensorFlow's "same" padding: on an even-sized input a stride of 2 pads one pixel at
/// the bottom and right only, where torchvision pads all four sides. The weights were trained that way, and the other
/// padding shifts every feature by half a pixel a stage.
/// </summary>
internal sealed class ConvolutionBlock : Module<Tensor, Tensor>
{
    public ConvolutionBlock(int input, int output, int kernel, int stride = 1, int groups = 1) : base(nameof(ConvolutionBlock))
    {
        PadsBottomRight = stride == 2;
        Convolution = Conv2d(input, output, kernel, stride: stride, padding: PadsBottomRight ? 0 : (kernel - 1) / 2, groups: groups);
        register_module("0", Convolution);
    }

    public Conv2d Convolution { get; }

    public bool PadsBottomRight { get; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var padded = PadsBottomRight ? functional.pad(input, (0, 1, 0, 1)) : input;
        return functional.relu6(Convolution.call(padded), inplace: true).MoveToOuterDisposeScope();
    }
}
