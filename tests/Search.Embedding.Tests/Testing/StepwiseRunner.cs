using System.Threading.Channels;

namespace Search.Embedding.Tests;

/// <summary>
/// A runner that stops in each batch until the test lets it go: what a slow model looks like to the queue. It embeds a picture as its first value.
/// </summary>
internal sealed class StepwiseRunner : IBatchRunner
{
    private readonly Channel<float[]> _started = Channel.CreateUnbounded<float[]>();
    private readonly SemaphoreSlim _go = new(0);
    private readonly List<float> _output = [];

    public Exception? FailWith { get; set; }

    /// <summary>The first values of the batch that has just started.</summary>
    public Task<float[]> BatchStartsAsync(CancellationToken cancellation) => _started.Reader.ReadAsync(cancellation).AsTask();

    public bool HasStarted => _started.Reader.Count > 0;

    public void LetGo(int batches = 1) => _go.Release(batches);

    public ReadOnlySpan<float> Run(ReadOnlySpan<InputTensor> inputs)
    {
        _output.Clear();
        foreach (var input in inputs)
            _output.Add(input.Values[0]);
        _started.Writer.TryWrite([.. _output]);
        _go.Wait();
        if (FailWith is { } failure)
        {
            FailWith = null;
            throw failure;
        }
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_output);
    }

    public void Dispose() => _go.Dispose();
}
