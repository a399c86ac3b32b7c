using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Search.MetricLearning.Models;

/// <summary>Expand (1x1), filter each channel (3x3), project (1x1, linear); added to its input where the shapes agree.</summary>
internal sealed class InvertedResidual : Module<Tensor, Tensor>
{
    private readonly Sequential _convolutions;

    public InvertedResidual(int input, int output, int stride, int expansion) : base(nameof(InvertedResidual))
    {
        var hidden = input * expansion;
        IsResidual = stride == 1 && input == output;
        Expand = expansion == 1 ? null : new ConvolutionBlock(input, hidden, kernel: 1);
        Filter = new ConvolutionBlock(hidden, hidden, kernel: 3, stride, groups: hidden);
        Project = Conv2d(hidden, output, 1);
        Module<Tensor, Tensor>[] steps = Expand is null ? [Filter, Project] : [Expand, Filter, Project];
        _convolutions = Sequential(steps.Select((step, i) => ($"{i}", step)));
        register_module("conv", _convolutions);
    }

    public bool IsResidual { get; }

    public ConvolutionBlock? Expand { get; }

    public ConvolutionBlock Filter { get; }

    public Conv2d Project { get; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var output = _convolutions.call(input);
        return (IsResidual ? input + output : output).MoveToOuterDisposeScope();
    }
}
