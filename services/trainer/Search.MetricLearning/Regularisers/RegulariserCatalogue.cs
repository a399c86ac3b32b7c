using Search.MetricLearning.Components;

namespace Search.MetricLearning.Regularisers;

/// <summary>The regularisers a recipe may name.</summary>
public static class RegulariserCatalogue
{
    public static Catalogue<ComponentKind<EmbeddingRegulariser>> Default { get; } = new("regulariser",
        ComponentKind<EmbeddingRegulariser>.Of(ZeroMeanRegulariser.RegulariserName, (NoParameters _, EmbeddingShape _) => new ZeroMeanRegulariser()),
        ComponentKind<EmbeddingRegulariser>.Of(UniformityRegulariser.RegulariserName, (UniformityParameters p, EmbeddingShape _) => new UniformityRegulariser(p)),
        ComponentKind<EmbeddingRegulariser>.Of(KoLeoRegulariser.RegulariserName, (NoParameters _, EmbeddingShape _) => new KoLeoRegulariser()),
        ComponentKind<EmbeddingRegulariser>.Of(CovarianceRegulariser.RegulariserName, (NoParameters _, EmbeddingShape _) => new CovarianceRegulariser()));
}
