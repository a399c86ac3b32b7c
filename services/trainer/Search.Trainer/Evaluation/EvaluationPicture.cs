namespace Search.Trainer.Evaluation;

/// <summary>A query or gallery picture, ready for the model.</summary>
/// <param name="Name">For captions.</param>
/// <param name="Category">What it shows.</param>
/// <param name="Input">At the model's size, height x width x 3 bytes.</param>
internal sealed record EvaluationPicture(string Name, string Category, byte[] Input);
