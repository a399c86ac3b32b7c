using Microsoft.ML.OnnxRuntime;

namespace Search.Embedding;

/// <summary>
/// One caller of a shared session, with memory of its own for results (and for batches of more than one), so that a run allocates nothing large.
/// </summary>
internal sealed class OnnxBatchRunner : IBatchRunner
{
    private readonly ModelSession _session;
    private readonly RunOptions _options = new();
    private readonly float[] _output;
    private readonly OrtValue?[] _outputOfSize;
    private readonly OrtValue?[] _inputOfSize;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs = new OrtValue[1];
    private readonly OrtValue[] _outputs = new OrtValue[1];
    private float[]? _gathered;

    internal OnnxBatchRunner(ModelSession session, int maxBatchSize)
    {
        _session = session;
        _inputNames = [session.InputName];
        _outputNames = [session.OutputName];
        _output = GC.AllocateUninitializedArray<float>(maxBatchSize * session.Dimension, pinned: true);
        _outputOfSize = new OrtValue?[maxBatchSize + 1];
        _inputOfSize = new OrtValue?[maxBatchSize + 1];
    }

    public ReadOnlySpan<float> Run(ReadOnlySpan<InputTensor> inputs)
    {
        var size = inputs.Length;
        _inputs[0] = size == 1 ? inputs[0].Value : Gather(inputs);
        _outputs[0] = _outputOfSize[size] ??= View(_output, size * _session.Dimension, [size, _session.Dimension]);
        _session.Runtime.Run(_options, _inputNames, _inputs, _outputNames, _outputs);
        return _output.AsSpan(0, size * _session.Dimension);
    }

    public void Dispose()
    {
        foreach (var value in _outputOfSize)
            value?.Dispose();
        foreach (var value in _inputOfSize)
            value?.Dispose();
        _options.Dispose();
    }

    private OrtValue Gather(ReadOnlySpan<InputTensor> inputs)
    {
        var one = inputs[0].Values.Length;
        _gathered ??= GC.AllocateUninitializedArray<float>((_inputOfSize.Length - 1) * one, pinned: true);
        for (var i = 0; i < inputs.Length; i++)
            inputs[i].Values.CopyTo(_gathered.AsSpan(i * one, one));
        return _inputOfSize[inputs.Length] ??= View(_gathered, inputs.Length * one, [inputs.Length, 3, _session.Height, _session.Width]);
    }

    private static OrtValue View(float[] memory, int length, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(0, length), shape);
}
