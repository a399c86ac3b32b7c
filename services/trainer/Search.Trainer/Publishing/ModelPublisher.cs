using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.Export;
using Search.Models;

namespace Search.Trainer.Publishing;

/// <summary>Writes a model folder: model.onnx, split.json and last the card, without which nobody loads the rest.</summary>
internal static class ModelPublisher
{
    public const string ModelFileName = "model.onnx";
    public const string SplitFileName = "split.json";

    /// <param name="folder">The model's folder; its name is the model's name.</param>
    /// <param name="exportedFile">The verified ONNX file; it is moved.</param>
    /// <param name="split">What was held out.</param>
    /// <param name="preprocessing">How photos are prepared for the model.</param>
    /// <param name="version">Semantic version.</param>
    /// <param name="dimension">Length of the embedding.</param>
    /// <param name="training">How the model was made.</param>
    /// <param name="metrics">How well it does.</param>
    /// <param name="provenance">What it was made of.</param>
    public static ModelCard Publish(
        string folder, string exportedFile, SplitManifest split, ImagePreprocessing preprocessing,
        string version, int dimension, JsonObject training, JsonObject metrics, Provenance provenance)
    {
        var card = new ModelCard
        {
            Format = ModelCard.CurrentFormat,
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Version = version,
            Description = $"MobileNetV2 1.0 fine-tuned on jewelry photos: {preprocessing.Width} px in, unit-length {dimension}-D vectors out, compared by cosine.",
            File = new ModelFile(ModelFileName, Hash(exportedFile), "float32"),
            Dimension = dimension,
            Input = OnnxExportOptions.InputName,
            Output = OnnxExportOptions.OutputName,
            Preprocessing = JsonNode.Parse(preprocessing.ToJson())!.AsObject(),
            Training = training,
            Metrics = metrics,
            Licence = provenance.Licence,
            Ingredients = provenance.Ingredients,
            Limits = provenance.Limits,
        };
        Directory.CreateDirectory(folder);
        File.Move(exportedFile, Path.Combine(folder, ModelFileName), overwrite: true);
        File.WriteAllText(Path.Combine(folder, SplitFileName), split.ToJson());
        card.Write(folder);
        return card;
    }

    /// <summary>What a published model was trained on and what it held out.</summary>
    /// <exception cref="InvalidDataException">It is no split.</exception>
    public static SplitManifest ReadSplit(string folder) => SplitManifest.FromJson(File.ReadAllText(Path.Combine(folder, SplitFileName)));

    /// <summary>How photos are prepared for a published model.</summary>
    public static ImagePreprocessing PreprocessingOf(ModelCard card) => ImagePreprocessing.FromJson(card.Preprocessing.ToJsonString());

    public static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
