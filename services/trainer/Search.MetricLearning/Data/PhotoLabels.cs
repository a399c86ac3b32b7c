namespace Search.MetricLearning.Data;

/// <summary>What may make two photos a positive pair; further names are those of a catalogue's attributes, e.g. <c>metal</c>.</summary>
public static class PhotoLabels
{
    /// <summary>Views and photos of one piece of jewelry.</summary>
    public const string Piece = "piece";

    /// <summary>Pieces of one category.</summary>
    public const string Category = "category";

    /// <summary>The label of a photo about which it is not known; such photos take no part in a loss over that label.</summary>
    public const int Unknown = -1;
}
