using Search.MetricLearning.Models;
using Search.MetricLearning.Native;
using Search.MetricLearning.Weights;
using Search.Testing;
using Search.Testing.Images;
using TorchSharp;

[assembly: AssemblyFixture(typeof(Search.TrainingJobs.Tests.TrainingData))]
// Each job takes all cores for seconds; two at a time would only take twice as long.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Search.TrainingJobs.Tests;

/// <summary>A root for jobs with a dozen drawn pictures in three categories, a folder without any that can be read, and two sets of weights at random: made once for all tests.</summary>
public sealed class TrainingData : IDisposable
{
    public const string Photos = "pieces", Broken = "broken", Weights = "weights.safetensors", OtherWeights = "other.safetensors";

    private const int Side = 64, Pieces = 12;

    private readonly TemporaryFolder _folder = new();

    public TrainingData()
    {
        for (var piece = 0; piece < Pieces; piece++)
        {
            var category = Directory.CreateDirectory(_folder[$"{Photos}/category-{piece % 3}"]).FullName;
            File.WriteAllBytes(Path.Combine(category, $"{piece}.png"), PngFile.Rgb(Piece(piece)));
        }
        Directory.CreateDirectory(_folder[$"{Broken}/rings"]);
        File.WriteAllText(_folder[$"{Broken}/rings/ring.jpg"], "no picture");
        TorchRuntime.Prepare(threads: 1);
        var weights = RandomWeights();
        Write(Weights, weights);
        weights["features.0.0.bias"].Values[0] += 0.01f;
        Write(OtherWeights, weights);
    }

    public string Root => _folder.Path;

    public void Dispose() => _folder.Dispose();

    private void Write(string name, Dictionary<string, WeightTensor> weights)
    {
        using var file = File.Create(_folder[name]);
        SafeTensorsWriter.Write(file, weights);
    }

    /// <summary>Patches whose size tells the category and whose colours tell the piece.</summary>
    private static RgbPicture Piece(int piece)
    {
        var colours = new byte[3 * Side * Side];
        new Random(piece).NextBytes(colours);
        var patch = 4 << (piece % 3);
        var rgb = new byte[colours.Length];
        for (var i = 0; i < Side * Side; i++)
            for (var c = 0; c < 3; c++)
                rgb[3 * i + c] = colours[3 * (i / Side / patch * Side + i % Side / patch) + c];
        return new RgbPicture(Side, Side, rgb);
    }

    /// <summary>As ImageNet weights are, without the head, which every recipe makes its own.</summary>
    private static Dictionary<string, WeightTensor> RandomWeights()
    {
        torch.manual_seed(1);
        using var network = new MobileNetV2(new NetworkOptions());
        var weights = network.Save().Where(w => !MobileNetV2.NewLayers.Any(layer => w.Key.StartsWith(layer, StringComparison.Ordinal))).ToDictionary();
        // Random layers answer every picture with much the same, and pieces whose features are alike count as one. So the last layer is made to say only how a picture differs from the others.
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        const string Last = "features.18.0.";
        var (weight, bias) = (weights[Last + "weight"].Values, weights[Last + "bias"].Values);
        for (var i = 0; i < weight.Length; i++)
            weight[i] /= 20;
        // Half of what ReLU6 lets through, so that nothing is cut off.
        Array.Fill(bias, 3);
        network.Load(weights, MobileNetV2.NewLayers);
        var drawn = torch.stack([.. Enumerable.Range(0, Pieces).Select(piece => torch.tensor(Piece(piece).Rgb).view(Side, Side, 3).permute(2, 0, 1))]).to(torch.ScalarType.Float32) / 127.5 - 1;
        var answers = network.Range(torch.nn.functional.interpolate(drawn, size: [224, 224]), 0, MobileNetV2.BlockCount) - 3;
        var usual = (answers.mean([0, 2, 3]) + answers.permute(1, 0, 2, 3).flatten(1).std(1)).data<float>().ToArray();
        for (var channel = 0; channel < bias.Length; channel++)
            bias[channel] = -usual[channel];
        return weights;
    }
}
