using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>Every batch is seen in views that no step has seen, through all blocks.</summary>
/// <param name="augmented">Views to train on.</param>
/// <param name="plain">The photo as it is searched for.</param>
/// <param name="mild">Views of which one says how near a photo's positive is: little where it is all but another picture.</param>
internal sealed class FreshStageFeatures(MobileNetV2 network, ScheduledStage stage, ViewLoader augmented, ViewLoader plain, ViewLoader mild) : StageFeatures
{
    private readonly int _side = stage.Options.Side;

    public override Tensor Of(IReadOnlyList<int> photos, int step) => Features(augmented.Augmented(photos, _side, step));

    public override Tensor View(IReadOnlyList<int> photos, int view) =>
        Features(view == 0 ? plain.Augmented(photos, _side, 0) : mild.Augmented(photos, _side, stage.Options.Steps + photos[0]));

    public override void Dispose()
    {
    }

    private Tensor Features(Tensor input) => stage.FrozenBlocks == 0 ? network.Features(input) : network.FeaturesFrom(Frozen(input), stage.FrozenBlocks);

    private Tensor Frozen(Tensor input)
    {
        using var gradientsOff = no_grad();
        return network.Range(input, 0, stage.FrozenBlocks);
    }
}
