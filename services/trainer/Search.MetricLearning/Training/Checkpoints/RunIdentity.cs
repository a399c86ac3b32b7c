using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using Search.Vectors;
using TorchSharp;

namespace Search.MetricLearning.Training.Checkpoints;

/// <summary>What must be the same for a run to go on as if it had never stopped.</summary>
/// <param name="Recipe">Options and preprocessing.</param>
/// <param name="Data">Hash of pictures, labels and what mining knows of them.</param>
/// <param name="Weights">Hash of the network before the first step, without the layers that start at random.</param>
/// <param name="Code">Builds of the assemblies that compute.</param>
internal sealed record RunIdentity(JsonObject Recipe, string Data, string Weights, string Code)
{
    public static RunIdentity Of(
        TrainingOptions options, ImagePreprocessing preprocessing, torch.nn.Module network, TrainingSet set, TrainingSet? validation, IReadOnlyList<PhotoEvidence> evidence)
    {
        var recipe = JsonSerializer.SerializeToNode(options, JsonSerializerOptions.Web)!.AsObject();
        recipe["preprocessing"] = JsonNode.Parse(preprocessing.ToJson());
        return new RunIdentity(recipe, HashOf(set, validation, evidence), HashOf(network.Save()), CodeVersion());
    }

    /// <summary>Why a run of this identity cannot go on where one of <paramref name="other"/> stopped; empty if it can.</summary>
    public IEnumerable<string> Differences(RunIdentity other)
    {
        string[] options = [.. Recipe.Concat(other.Recipe).Select(o => o.Key).Distinct().Where(key => !JsonNode.DeepEquals(Recipe[key], other.Recipe[key]))];
        if (options.Length > 0)
            yield return $"the recipe differs in {string.Join(", ", options)}";
        if (Data != other.Data)
            yield return "the training pictures or their labels differ";
        if (Weights != other.Weights)
            yield return "the weights to start from differ";
        if (Code != other.Code)
            yield return $"the program is another build ({Code} instead of {other.Code})";
    }

    /// <summary>A build is known by its module's id, which with deterministic compilation says what it was compiled from.</summary>
    private static string CodeVersion()
    {
        Type[] computing = [typeof(RunIdentity), typeof(ImagePreprocessing), typeof(VectorKernels), typeof(torch)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var type in computing)
            hash.AppendData(type.Module.ModuleVersionId.ToByteArray());
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string HashOf(TrainingSet set, TrainingSet? validation, IReadOnlyList<PhotoEvidence> evidence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, set);
        if (validation is not null)
            Append(hash, validation);
        // Not the untrained features: they follow from pictures and weights, and a last bit of theirs must not stop a run.
        foreach (var photo in evidence)
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new { photo.Photo.ContentHash, Name = Path.GetFileName(photo.Photo.Path), photo.PerceptualHash }));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string HashOf(IReadOnlyDictionary<string, WeightTensor> weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Random layers follow from the seed, which the recipe holds, and their last bits from the number of threads, which may be another.
        foreach (var (name, weight) in weights.Where(w => !MobileNetV2.NewLayers.Any(layer => w.Key.StartsWith(layer, StringComparison.Ordinal))).OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(name));
            hash.AppendData(MemoryMarshal.AsBytes(weight.Values.AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, TrainingSet set)
    {
        Append(hash, [set.Side, set.Count]);
        foreach (var pixels in set.Pixels)
            hash.AppendData(pixels);
        Append(hash, [.. set.Categories, .. set.Pieces, .. set.Strata, .. set.Groups]);
        foreach (var (name, values) in set.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(name));
            Append(hash, [.. values]);
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<int> values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            hash.AppendData(bytes);
        }
    }
}
