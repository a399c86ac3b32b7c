using Search.Contracts;
using Search.Imaging;
using Search.Models;

namespace Search.Embedding;

/// <summary>A model in service: checked, loaded, and a vector away. Safe for concurrent use.</summary>
internal sealed class EmbeddingModel : IDisposable
{
    /// <summary>A float32 norm of a few thousand components is exact to about 1e-6; more means that the model is not what its card says.</summary>
    private const float NormTolerance = 1e-3f;

    private readonly ModelSession _session;
    private readonly TensorPool _tensors;
    private readonly InferenceQueue _queue;
    private long _embedded;

    internal EmbeddingModel(VerifiedModel model, ModelSession session, BatchPolicy policy, int runners, TimeProvider time)
    {
        session.Check(policy.MaxSize);
        _session = session;
        Card = model.Card;
        Id = model.Id;
        Preprocessing = model.Preprocessing;
        PreprocessingFingerprint = model.Preprocessing.Fingerprint;
        MaxBatchSize = policy.MaxSize;
        Runners = runners;
        _tensors = new TensorPool(session.Height, session.Width, kept: runners * policy.MaxSize * 2);
        _queue = new InferenceQueue([.. Enumerable.Range(0, runners).Select(_ => new OnnxBatchRunner(session, policy.MaxSize))], policy, time);
    }

    public ModelCard Card { get; }

    public EmbeddingModelId Id { get; }

    public ImagePreprocessing Preprocessing { get; }

    public string PreprocessingFingerprint { get; }

    public ExecutionProvider Provider => _session.Provider;

    public int MaxBatchSize { get; }

    public int Runners { get; }

    /// <summary>Pictures that went through the model since the start.</summary>
    public long PicturesEmbedded => Interlocked.Read(ref _embedded);

    /// <summary>Memory for one input; hand it to <see cref="RunAsync"/> or dispose it.</summary>
    public InputTensor RentInput() => _tensors.Rent();

    /// <inheritdoc cref="InferenceQueue.RunAsync"/>
    public async Task<float[]> RunAsync(InputTensor input, WorkLane lane, CancellationToken cancellation)
    {
        var vector = await _queue.RunAsync(input, lane, cancellation);
        Interlocked.Increment(ref _embedded);
        var norm = 0f;
        foreach (var x in vector)
            norm += x * x;
        // Negated, so that NaN fails too: one such vector would poison an index.
        if (!(MathF.Abs(MathF.Sqrt(norm) - 1) <= NormTolerance))
            throw new InvalidModelException($"The model {Id} gave a vector of length {MathF.Sqrt(norm)}; embeddings have length 1.");
        return vector;
    }

    public void Dispose()
    {
        _queue.Dispose();
        _tensors.Dispose();
        _session.Dispose();
    }
}
