using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.Export;
using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using Search.Models;
using Search.Trainer.Publishing;

namespace Search.Trainer;

/// <summary>A published model that training goes on from.</summary>
/// <param name="Card">Its card.</param>
/// <param name="Split">What it was trained on, and what it has never seen.</param>
/// <param name="File">The verified network.</param>
internal sealed record StartingModel(ModelCard Card, SplitManifest Split, byte[] File)
{
    /// <param name="folder">The model's.</param>
    /// <param name="preprocessing">Of the model to be.</param>
    /// <exception cref="InvalidModelException">The card or its file is missing or damaged.</exception>
    /// <exception cref="TrainerException">It sees photos prepared in another way.</exception>
    public static StartingModel Read(string folder, ImagePreprocessing preprocessing)
    {
        var card = ModelCard.Read(folder);
        if (ModelPublisher.PreprocessingOf(card).Fingerprint != preprocessing.Fingerprint)
            throw new TrainerException($"{card.Id} was trained on photos prepared in another way; training can't go on from it.");
        return new StartingModel(
            card, ModelPublisher.ReadSplit(folder), System.IO.File.ReadAllBytes(card.VerifyFile(folder)));
    }

    /// <exception cref="TrainerException">The recipe's network is another than the model's.</exception>
    public void Load(MobileNetV2 network)
    {
        try
        {
            network.LoadOnnx(File);
        }
        catch (WeightFormatException e)
        {
            throw new TrainerException($"Training can't go on from {Card.Id}, a {Card.File.Precision} model, with this recipe: {e.Message}");
        }
    }
}
