namespace Search.Embedding;

/// <summary>One picture on its way through the model.</summary>
internal sealed class InferenceRequest(InputTensor input, WorkLane lane, long enqueued)
{
    private readonly TaskCompletionSource<float[]> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InputTensor Input { get; } = input;

    public WorkLane Lane { get; } = lane;

    /// <summary>Time stamp of the queue's clock.</summary>
    public long Enqueued { get; } = enqueued;

    public Task<float[]> Result => _result.Task;

    public void Complete(ReadOnlySpan<float> vector)
    {
        Input.Dispose();
        _result.SetResult(vector.ToArray());
    }

    public void Fail(Exception exception)
    {
        Input.Dispose();
        _result.SetException(exception);
    }

    public void Cancel(CancellationToken cancellation)
    {
        Input.Dispose();
        _result.SetCanceled(cancellation);
    }
}
