using Microsoft.ML.OnnxRuntime;

namespace Search.MetricLearning.Tests;

/// <summary>ONNX Runtime as the judge of what a graph computes.</summary>
internal static class OnnxOracle
{
    public static float[] Run(byte[] model, float[] input, long[] shape, string inputName, string outputName)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 2 };
        using var session = new InferenceSession(model, options);
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var run = new RunOptions();
        using var outputs = session.Run(run, [inputName], [value], [outputName]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public static float LargestDifference(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (x, y) => float.IsNaN(x) || float.IsNaN(y) ? float.PositiveInfinity : Math.Abs(x - y)).Max();
    }
}
