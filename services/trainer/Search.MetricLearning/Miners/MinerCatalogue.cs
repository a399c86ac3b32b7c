using Search.MetricLearning.Components;

namespace Search.MetricLearning.Miners;

/// <summary>The miners a recipe may name.</summary>
public static class MinerCatalogue
{
    public static Catalogue<ComponentKind<TripletMiner>> Default { get; } = new("miner",
        ComponentKind<TripletMiner>.Of(RandomMiner.MinerName, (NoParameters _, EmbeddingShape _) => new RandomMiner()),
        ComponentKind<TripletMiner>.Of(EasyPositiveMiner.MinerName, (DistanceParameters p, EmbeddingShape _) => new EasyPositiveMiner(p)),
        ComponentKind<TripletMiner>.Of(SemiHardMiner.MinerName, (SemiHardParameters p, EmbeddingShape _) => new SemiHardMiner(p)),
        ComponentKind<TripletMiner>.Of(HardMiner.MinerName, (DistanceParameters p, EmbeddingShape _) => new HardMiner(p)),
        ComponentKind<TripletMiner>.Of(DistanceWeightedMiner.MinerName, (DistanceWeightedParameters p, EmbeddingShape _) => new DistanceWeightedMiner(p)));
}
