using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>What a stage's batches look like, from the photos to the pooled features under the head.</summary>
internal abstract class StageFeatures : IDisposable
{
    /// <summary>Pooled features of the photos of a batch in a fresh view each, with gradients.</summary>
    /// <param name="photos">Numbers in the training set.</param>
    /// <param name="step">Of the stage.</param>
    public abstract Tensor Of(IReadOnlyList<int> photos, int step);

    /// <summary>Draws what <see cref="Of"/> would draw for a batch, and nothing else.</summary>
    public virtual void Skip(IReadOnlyList<int> photos)
    {
    }

    /// <summary>Pooled features of some photos in view 0 or 1, two views of each.</summary>
    public abstract Tensor View(IReadOnlyList<int> photos, int view);

    /// <summary>Gives back what was computed ahead.</summary>
    public abstract void Dispose();
}
