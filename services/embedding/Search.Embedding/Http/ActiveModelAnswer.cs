using System.Text.Json;

namespace Search.Embedding;

/// <summary>The serving model and what it runs on.</summary>
/// <param name="Preprocessing">The definition in its complete form; <paramref name="PreprocessingFingerprint"/> is its hash.</param>
/// <param name="ExecutionProvider">cpu, cuda or tensorrt: what inference really runs on.</param>
/// <param name="PicturesEmbedded">How often the model was asked since the start, its warm-up included; what the store answers is not in it.</param>
internal sealed record ActiveModelAnswer(
    ModelSummary Model, JsonElement Preprocessing, string PreprocessingFingerprint, string ExecutionProvider, int Runners, int MaxBatchSize, long PicturesEmbedded);
