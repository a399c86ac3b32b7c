using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Losses;

/// <summary>Compares a gradient with central differences of the function itself, component by component.</summary>
internal static class GradientCheck
{
    /// <param name="input">Float64, with the gradient of a backward pass.</param>
    /// <param name="value">Computes the function again from what <paramref name="input"/> then holds.</param>
    public static void Require(Tensor input, Func<double> value, int seed)
    {
        using var gradientsOff = no_grad();
        using var flat = input.detach().flatten();
        var gradient = input.grad is { } grad ? grad.contiguous().data<double>().ToArray() : new double[flat.shape[0]];
        const double step = 1e-6;
        for (var i = 0; i < gradient.Length; i++)
        {
            // flat shares its memory with the input.
            var at = flat[i].item<double>();
            double At(double shifted)
            {
                flat[i] = tensor(shifted);
                return value();
            }
            var slope = (At(at + step) - At(at - step)) / (2 * step);
            flat[i] = tensor(at);
            Assert.True(Math.Abs(slope - gradient[i]) <= 1e-5 * Math.Max(1, Math.Abs(slope)), $"component {i}: gradient {gradient[i]}, slope {slope}, seed {seed}");
        }
    }
}
