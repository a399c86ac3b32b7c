using Microsoft.ML.OnnxRuntime;
using Search.Imaging;
using Search.MetricLearning.Quantization;
using Search.MetricLearning.Training;
using Search.Trainer.Photos;

namespace Search.Trainer.Quantization;

/// <summary>Runs a float32 model on photos and notes which values each tensor takes.</summary>
internal static class ActivationCalibration
{
    /// <param name="model">The float32 model.</param>
    /// <param name="input">Name of its input, [N, 3, H, W].</param>
    /// <param name="photos">Photos like those to be served; some hundred are enough, since each has tens of thousands of values a tensor.</param>
    /// <param name="preprocessing">The model's.</param>
    /// <param name="time">Measures the rate.</param>
    public static IReadOnlyDictionary<string, TensorStatistics> Run(
        byte[] model, string input, IReadOnlyList<PreparedPhoto> photos, ImagePreprocessing preprocessing, TimeProvider time)
    {
        var (exposed, tensors) = OnnxQuantizer.Expose(model);
        // Fused operations would not compute some of the tensors that were asked for.
        using var settings = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        using var session = new InferenceSession(exposed, settings);
        using var run = new RunOptions();
        var statistics = tensors.Append(input).ToDictionary(name => name, _ => new TensorStatistics(), StringComparer.Ordinal);
        var clock = new StageClock(time, new ConsoleProgress(time), "calibrate", photos.Count);
        var values = new float[preprocessing.ValueCount];
        for (var i = 0; i < photos.Count; i++)
        {
            ImagePreprocessor.Normalise(photos[i].Input, preprocessing, values);
            statistics[input].Add(values, 3);
            using var value = OrtValue.CreateTensorValueFromMemory(values, [1, 3, preprocessing.Height, preprocessing.Width]);
            using var outputs = session.Run(run, [input], [value], tensors);
            for (var t = 0; t < tensors.Count; t++)
                statistics[tensors[t]].Add(outputs[t].GetTensorDataAsSpan<float>(), (int)outputs[t].GetTensorTypeAndShape().Shape[1]);
            clock.Report(i + 1, 1, loss: null);
        }
        return statistics;
    }
}
