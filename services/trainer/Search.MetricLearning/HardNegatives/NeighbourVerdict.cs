namespace Search.MetricLearning.HardNegatives;

/// <summary>What a photo's neighbour is to it.</summary>
public enum NeighbourVerdict
{
    /// <summary>Another piece that the model takes for similar.</summary>
    HardNegative = 0,

    /// <summary>Labelled as the same piece, or the photo itself.</summary>
    SamePiece = 1,

    /// <summary>May be a copy: the same bytes, nearly the same picture, or nearly the same untrained features.</summary>
    NearDuplicate = 2,

    /// <summary>May be the same design under another label.</summary>
    LikelyFalseNegative = 3,
}
