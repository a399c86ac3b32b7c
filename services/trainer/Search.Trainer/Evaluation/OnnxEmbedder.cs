using Microsoft.ML.OnnxRuntime;

namespace Search.Trainer.Evaluation;

/// <summary>Runs an ONNX model on the CPU: the judge of what will be served.</summary>
internal sealed class OnnxEmbedder : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly string _output;
    private readonly int _height;
    private readonly int _width;

    /// <exception cref="TrainerException">The model has no such input or output, or is no model.</exception>
    public OnnxEmbedder(string path, string input, string output, int height, int width)
    {
        using var options = new SessionOptions();
        try
        {
            _session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new TrainerException($"'{path}' cannot be loaded: {e.Message}");
        }
        if (!_session.InputNames.Contains(input) || !_session.OutputNames.Contains(output))
        {
            _session.Dispose();
            throw new TrainerException($"'{path}' has no input '{input}' or no output '{output}'.");
        }
        (_input, _output, _height, _width) = (input, output, height, width);
    }

    /// <summary>[count, 3, H, W] to the output's rows.</summary>
    public float[] Embed(float[] input, int count)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, [count, 3, _height, _width]);
        using var run = new RunOptions();
        using var outputs = _session.Run(run, [_input], [value], [_output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => _session.Dispose();
}
