using Microsoft.ML.OnnxRuntime;
using Search.Imaging;
using Search.Models;

namespace Search.Benchmarks.Throughput;

/// <summary>The model without the service: decode, preprocess and ONNX Runtime, nothing else. What the embedding pipeline is compared with.</summary>
internal sealed class BareModel
{
    private readonly ModelCard _card;
    private readonly string _file;
    private readonly ImagePreprocessing _preprocessing;

    internal BareModel(string folder)
    {
        _card = ModelCard.Read(folder);
        _file = _card.VerifyFile(folder);
        _preprocessing = ImagePreprocessing.FromJson(_card.Preprocessing.ToJsonString());
    }

    /// <summary>A worker a core: each decodes a picture and runs it, alone, on one thread.</summary>
    internal async Task RunSideBySideAsync(IReadOnlyList<byte[]> photos)
    {
        using var session = Open(threads: 1);
        await Parallel.ForAsync(0, photos.Count, Cores, (i, _) =>
        {
            var input = new float[_preprocessing.ValueCount];
            ImagePreprocessor.Write(photos[i], _preprocessing, input);
            Infer(session, input, 1);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>All cores decode a batch, then all cores run it.</summary>
    internal async Task RunInBatchesAsync(IReadOnlyList<byte[]> photos, int batch)
    {
        using var session = Open(Environment.ProcessorCount);
        var input = new float[batch * _preprocessing.ValueCount];
        for (var start = 0; start < photos.Count; start += batch)
        {
            var size = Math.Min(batch, photos.Count - start);
            var first = start;
            await Parallel.ForAsync(0, size, Cores, (i, _) =>
            {
                ImagePreprocessor.Write(photos[first + i], _preprocessing, input.AsSpan(i * _preprocessing.ValueCount, _preprocessing.ValueCount));
                return ValueTask.CompletedTask;
            });
            Infer(session, input, size);
        }
    }

    private static ParallelOptions Cores => new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private InferenceSession Open(int threads)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
        };
        return new InferenceSession(_file, options);
    }

    private void Infer(InferenceSession session, float[] input, int size)
    {
        using var run = new RunOptions();
        using var pictures = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, input.AsMemory(0, size * _preprocessing.ValueCount), [size, 3, _preprocessing.Height, _preprocessing.Width]);
        using var vectors = OrtValue.CreateTensorValueFromMemory(new float[size * _card.Dimension], [size, _card.Dimension]);
        session.Run(run, [_card.Input], [pictures], [_card.Output], [vectors]);
    }
}
