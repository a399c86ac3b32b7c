namespace Search.Contracts.Messages;

/// <summary>Query to the indexing service: how far are the collections of the models that are served beside the active one?</summary>
public sealed record GetFillingProgress;

/// <summary>Answer to <see cref="GetFillingProgress"/>.</summary>
public sealed record FillingProgress
{
    /// <summary>The model that answers queries, as far as the catalogue knows; null before it has heard of one.</summary>
    public required EmbeddingModelId? Active { get; init; }

    public required ModelFilling[] Models { get; init; }
}

/// <summary>How far one model's collection is.</summary>
public sealed record ModelFilling
{
    public required EmbeddingModelId Model { get; init; }

    /// <summary>Pictures that searches find under the active model.</summary>
    public required long Pictures { get; init; }

    /// <summary>Those of them that this model's collection lacks; 0 when it is filled.</summary>
    public required long Lacking { get; init; }

    /// <summary>Pictures that can't be embedded under this model; they count as lacking no longer.</summary>
    public required long Failed { get; init; }

    /// <summary>Pictures a second over the last minute; null while nothing is being filled.</summary>
    public double? PerSecond { get; init; }

    /// <summary>At that rate; null without one.</summary>
    public double? SecondsLeft { get; init; }
}
