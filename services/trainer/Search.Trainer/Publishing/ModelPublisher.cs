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

    private static readonly Ingredient[] s_drawn =
    [
        new("Drawn catalogue with attributes; training.catalogueSha256 names it", "tools/Search.JewelryRenderer of this repository", "MIT"),
    ];

    /// <param name="folder">The model's folder; its name is the model's name.</param>
    /// <param name="exportedFile">The verified ONNX file; it is moved.</param>
    /// <param name="split">What was held out.</param>
    /// <param name="preprocessing">How photos are prepared for the model.</param>
    /// <param name="version">Semantic version.</param>
    /// <param name="dimension">Length of the embedding.</param>
    /// <param name="training">How the model was made.</param>
    /// <param name="metrics">How well it does.</param>
    /// <param name="drawn">Whether it has learnt from a drawn catalogue, too.</param>
    public static ModelCard Publish(
        string folder, string exportedFile, SplitManifest split, ImagePreprocessing preprocessing,
        string version, int dimension, JsonObject training, JsonObject metrics, bool drawn)
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
            Licence = "MIT for what training added; the ImageNet weights it started from are Apache-2.0 (see ingredients).",
            Ingredients =
            [
                new("Starting weights: MobileNetV2 1.0 224, ImageNet",
                    "Keras Applications, through the int8 conversion mobilenet_v2_1.0_224_quant.tflite in the public repository phil137786/optimizing-models, dequantised, batch normalisation folded",
                    "Apache-2.0"),
                new("Photos: 1,566 jewelry photos in five categories (bracelets, earrings, necklaces, rings, wristwatches)",
                    "dataset/training of the public repository princesegzy01/Jewellery-Classification (about 2019)",
                    "The repository declares no licence; no photo is distributed with this model, which holds weights and content hashes only."),
                .. drawn ? s_drawn : [],
            ],
            Limits =
            [
                drawn
                    ? "Five categories of photos: pendants, brooches and cufflinks are known from drawings only, others not at all."
                    : "Five categories: pendants, brooches and others were never seen as categories of their own.",
                "Trained mostly on shop photos on white; worn pieces, boxes and hands are rare.",
                "The recipe was chosen among a handful by the same held-out photos that it is judged on; on photos of other shops expect less. Some labels of the set are wrong.",
                drawn
                    ? "Attributes (metal, colour, cut, setting, style) were learnt from drawings; the photos' labels tell categories and near-duplicates only."
                    : "Labels tell categories and near-duplicates, not designs: similarity within a category comes from augmented views and ImageNet features.",
            ],
        };
        Directory.CreateDirectory(folder);
        File.Move(exportedFile, Path.Combine(folder, ModelFileName), overwrite: true);
        File.WriteAllText(Path.Combine(folder, SplitFileName), split.ToJson());
        card.Write(folder);
        return card;
    }

    public static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
