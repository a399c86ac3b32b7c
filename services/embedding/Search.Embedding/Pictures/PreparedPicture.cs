namespace Search.Embedding;

/// <summary>A decoded picture as the model takes it. Who gets it hands <paramref name="Input"/> on or disposes it.</summary>
internal readonly record struct PreparedPicture(InputTensor Input, ulong PerceptualHash);
