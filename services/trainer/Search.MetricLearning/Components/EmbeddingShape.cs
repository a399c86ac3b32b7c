using TorchSharp;

namespace Search.MetricLearning.Components;

/// <summary>What a component may need to know of the embeddings it will see.</summary>
/// <param name="Dimension">Their length, at least 1.</param>
/// <param name="Classes">Labels run from 0 to below this; at least 1.</param>
/// <param name="Type">Of the embeddings, and so of parameters learned beside them.</param>
public sealed record EmbeddingShape(int Dimension, int Classes, torch.ScalarType Type = torch.ScalarType.Float32);
