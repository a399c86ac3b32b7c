using Search.MetricLearning.Components;
using Search.MetricLearning.Reducers;

namespace Search.MetricLearning.Losses;

/// <summary>The losses a recipe may name.</summary>
public static class LossCatalogue
{
    public static Catalogue<LossKind> Default { get; } = new("loss",
        LossKind.Of(ContrastivePairLoss.LossName, (MarginParameters p, EmbeddingShape _) => new ContrastivePairLoss(p)),
        LossKind.Of(TripletMarginLoss.LossName, (MarginParameters p, EmbeddingShape _) => new TripletMarginLoss(p)),
        LossKind.Of(NPairLoss.LossName, (TemperatureParameters p, EmbeddingShape _) => new NPairLoss(p)),
        LossKind.Of(InfoNceLoss.LossName, (TemperatureParameters p, EmbeddingShape _) => new InfoNceLoss(p)),
        LossKind.Of(SupervisedContrastiveLoss.LossName, (TemperatureParameters p, EmbeddingShape _) =>
            new SupervisedContrastiveLoss(p.Temperature, ReducerCatalogue.Default[p.Reducer])),
        LossKind.Of(LiftedStructureLoss.LossName, (MarginParameters p, EmbeddingShape _) => new LiftedStructureLoss(p)),
        LossKind.Of(GeneralizedLiftedLoss.LossName, (MarginParameters p, EmbeddingShape _) => new GeneralizedLiftedLoss(p)),
        LossKind.Of(MagnetLoss.LossName, (MagnetParameters p, EmbeddingShape _) => new MagnetLoss(p)),
        LossKind.Of(ArcFaceLoss.LossName, (ArcFaceParameters p, EmbeddingShape shape) => new ArcFaceLoss(p, shape)),
        LossKind.Of(ProxyAnchorLoss.LossName, (ProxyAnchorParameters p, EmbeddingShape shape) => new ProxyAnchorLoss(p, shape)));
}
