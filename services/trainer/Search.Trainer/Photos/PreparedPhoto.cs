using Search.MetricLearning.Data;

namespace Search.Trainer.Photos;

/// <summary>One readable photo.</summary>
/// <param name="Photo">The file.</param>
/// <param name="PerceptualHash">64-bit perceptual hash.</param>
/// <param name="Input">The photo at the model's size, height x width x 3 bytes.</param>
/// <param name="Large">The photo as a larger square to cut views from; empty when it was not asked for.</param>
internal sealed record PreparedPhoto(LabelledPhoto Photo, ulong PerceptualHash, byte[] Input, byte[] Large);
