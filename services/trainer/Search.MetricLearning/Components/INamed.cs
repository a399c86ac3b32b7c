namespace Search.MetricLearning.Components;

/// <summary>Something a recipe chooses by name.</summary>
public interface INamed
{
    /// <summary>Unique in its catalogue, lower case, words joined by dashes: it stands in recipes and cards.</summary>
    string Name { get; }
}
