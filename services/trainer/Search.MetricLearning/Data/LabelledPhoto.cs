namespace Search.MetricLearning.Data;

/// <summary>One photo of a training folder.</summary>
/// <param name="Path">Where the file is.</param>
/// <param name="Category">Its folder's name.</param>
/// <param name="ContentHash">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
public sealed record LabelledPhoto(string Path, string Category, string ContentHash);
