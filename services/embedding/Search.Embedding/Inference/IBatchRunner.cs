namespace Search.Embedding;

/// <summary>Runs the model. Each runner belongs to one thread of an <see cref="InferenceQueue"/>.</summary>
internal interface IBatchRunner : IDisposable
{
    /// <summary>Embeds a batch.</summary>
    /// <param name="inputs">1 to the largest batch; in use until this returns.</param>
    /// <returns>One row an input in their order, valid until the next call.</returns>
    ReadOnlySpan<float> Run(ReadOnlySpan<InputTensor> inputs);
}
