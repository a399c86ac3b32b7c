using Microsoft.ML.OnnxRuntime;

namespace Search.Embedding;

/// <summary>
/// Memory for one picture's model input, float32 [1, 3, H, W], where the runtime reads it in place: what the preprocessor writes is never copied
/// on the way into a batch of one. Comes out of a <see cref="TensorPool"/>; dispose it to give it back.
/// </summary>
internal sealed class InputTensor : IDisposable
{
    private readonly TensorPool _pool;
    private readonly float[] _values;

    internal InputTensor(TensorPool pool, int height, int width)
    {
        _pool = pool;
        // Pinned for good: the runtime holds the address as long as the tensor lives.
        _values = GC.AllocateUninitializedArray<float>(3 * height * width, pinned: true);
        Value = OrtValue.CreateTensorValueFromMemory(_values, [1, 3, height, width]);
    }

    public Span<float> Values => _values;

    internal OrtValue Value { get; }

    public void Dispose() => _pool.Return(this);
}
