using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>The frozen blocks' output was computed once; a batch draws among the kept views.</summary>
/// <param name="owned">What goes with the stage: the features, unless other runs use them, too.</param>
internal sealed class KeptStageFeatures(MobileNetV2 network, ScheduledStage stage, KeptFeatures kept, int seed, IDisposable? owned) : StageFeatures
{
    private readonly Random _random = new(seed);

    public override Tensor Of(IReadOnlyList<int> photos, int step) => Above(kept.Draw(photos, _random));

    public override void Skip(IReadOnlyList<int> photos) => kept.Skip(photos, _random);

    public override Tensor View(IReadOnlyList<int> photos, int view) => Above(kept.View(photos, view));

    public override void Dispose() => owned?.Dispose();

    private Tensor Above(Tensor lower) => network.FeaturesFrom(lower, stage.FrozenBlocks);
}
