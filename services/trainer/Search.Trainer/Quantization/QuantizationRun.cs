using System.Text.Json.Nodes;
using Search.Imaging;
using Search.MetricLearning.Quantization;
using Search.Models;
using Search.Trainer.Evaluation;
using Search.Trainer.Photos;
using Search.Trainer.Publishing;
using Search.Vectors;

namespace Search.Trainer.Quantization;

/// <summary>From a published float32 model to a published 8-bit one: calibrate, code, judge, publish.</summary>
internal sealed class QuantizationRun(TimeProvider time)
{
    public const string Precision = "int8";

    public void Run(string source, string photoFolder, string destination, int calibrationPhotos, QuantizationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calibrationPhotos, 1);
        var card = ModelCard.Read(source);
        var verified = card.VerifyFile(source);
        var model = File.ReadAllBytes(verified);
        var preprocessing = ModelPublisher.PreprocessingOf(card);
        var photos = PhotoPreparation.Prepare(photoFolder, preprocessing, largeSide: null, time);
        var split = PhotoSplit.Apply(ModelPublisher.ReadSplit(source), photos);

        // Spread over the whole set, and so over the categories; held-out photos stay unseen.
        var step = Math.Max(1, split.Training.Count / calibrationPhotos);
        PreparedPhoto[] calibration = [.. split.Training.Where((_, i) => i % step == 0).Select(i => photos[i])];
        var statistics = ActivationCalibration.Run(model, card.Input, calibration, preprocessing, time);

        Directory.CreateDirectory(destination);
        var coded = Path.Combine(destination, ModelPublisher.ModelFileName + ".new");
        File.WriteAllBytes(coded, OnnxQuantizer.Quantize(model, statistics, options));
        try
        {
            var metrics = Judge(card, verified, coded, photos, split, preprocessing);
            var training = card.Training?.DeepClone().AsObject() ?? [];
            training["quantization"] = new JsonObject
            {
                ["command"] = $"dotnet run -c Release --project services/trainer/Search.Trainer -- quantize --model models/{card.Name} --photos <photos> "
                    + $"--calibration-photos {calibrationPhotos} --weight-bits {options.WeightBits}",
                ["source"] = card.Id.ToString(),
                ["calibrationPhotos"] = calibration.Length,
                ["weightBits"] = options.WeightBits,
            };
            var published = card with
            {
                Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(destination)),
                Description = card.Description.TrimEnd('.') + "; coded in 8 bits.",
                File = new ModelFile(ModelPublisher.ModelFileName, ModelPublisher.Hash(coded), Precision),
                Training = training,
                Metrics = metrics,
            };
            File.Move(coded, Path.Combine(destination, ModelPublisher.ModelFileName), overwrite: true);
            File.Copy(Path.Combine(source, ModelPublisher.SplitFileName), Path.Combine(destination, ModelPublisher.SplitFileName), overwrite: true);
            published.Write(destination);
            Console.WriteLine($"published {published.Id}");
        }
        finally
        {
            File.Delete(coded);
        }
    }

    private static JsonObject Judge(
        ModelCard card, string verified, string coded, IReadOnlyList<PreparedPhoto> photos, PhotoSplit split, ImagePreprocessing preprocessing)
    {
        using var floats = new OnnxEmbedder(verified, card.Input, card.Output, preprocessing.Height, preprocessing.Width);
        using var codes = new OnnxEmbedder(coded, card.Input, card.Output, preprocessing.Height, preprocessing.Width);
        PreparedPhoto[] heldOut = [.. split.HeldOut.Select(i => photos[i])];
        float[] cosines = [.. PhotoVectors.Embed(heldOut, preprocessing, floats.Embed)
            .Zip(PhotoVectors.Embed(heldOut, preprocessing, codes.Embed), (a, b) => VectorKernels.Dot(a, b))];
        Console.WriteLine(FormattableString.Invariant($"cosine between coded and float32 vectors of held-out photos: mean {cosines.Average():F4}, lowest {cosines.Min():F4}"));

        var judge = new ModelJudge(photos, split, preprocessing);
        var (before, after) = (judge.Judge("float32", floats.Embed), judge.Judge(Precision, codes.Embed));
        ReportTable.Print(judge.Questions, [after, before]);
        return new JsonObject
        {
            ["measures"] = CardMetrics.Explain(judge.Questions),
            [Precision] = CardMetrics.Of(judge.Questions, after),
            ["float32"] = CardMetrics.Of(judge.Questions, before),
            ["cosineToFloat32"] = new JsonObject { ["mean"] = Math.Round(cosines.Average(), 5), ["lowest"] = Math.Round(cosines.Min(), 5) },
        };
    }
}
