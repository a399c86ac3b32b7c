using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Search.Contracts;

namespace Search.Models;

/// <summary>
/// The card <c>model.json</c> beside a model file: what the model is, how pictures are prepared for it, what it was made from
/// and how well it does. The card is the registry's entry; without it a model file is not loaded.
/// </summary>
public sealed record ModelCard
{
    /// <summary>Version of the card's own form; a reader refuses one it does not know.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>Lower case, digits, dots and dashes, e.g. <c>jewelry-mobilenetv2-128</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Semantic version; a published version never changes.</summary>
    public required string Version { get; init; }

    public required string Description { get; init; }

    public required ModelFile File { get; init; }

    /// <summary>Components of an embedding.</summary>
    public required int Dimension { get; init; }

    /// <summary>Name of the graph's input: float32 [N, 3, H, W].</summary>
    public required string Input { get; init; }

    /// <summary>Name of the graph's output: float32 [N, Dimension], unit length.</summary>
    public required string Output { get; init; }

    /// <summary>The preprocessing definition as the imaging library writes it; kept as JSON so that the card stays readable without that library.</summary>
    public required JsonObject Preprocessing { get; init; }

    /// <summary>Everything needed to make the model again: command, seed, options, data and weights with their hashes.</summary>
    public JsonObject? Training { get; init; }

    /// <summary>Measured figures with the protocol and command behind each.</summary>
    public JsonObject? Metrics { get; init; }

    /// <summary>SPDX id or a sentence.</summary>
    public required string Licence { get; init; }

    /// <summary>Where each ingredient comes from and under which licence.</summary>
    public IReadOnlyList<Ingredient> Ingredients { get; init; } = [];

    /// <summary>What the model is not good at.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>
    /// The id every vector of this model carries. Its fingerprint is the first 16 hexadecimal digits of SHA-256 over the model file's hash
    /// and the canonical preprocessing: another network or another preprocessing gives another id.
    /// </summary>
    [JsonIgnore]
    public EmbeddingModelId Id => EmbeddingModelId.Create(Name, Version, Fingerprint());

    /// <summary>Reads <c>model.json</c> in a folder and checks it, but not the model file: see <see cref="VerifyFile"/>.</summary>
    /// <exception cref="InvalidModelException">The card is missing, unreadable, of another format or incomplete.</exception>
    public static ModelCard Read(string folder)
    {
        var path = Path.Combine(folder, "model.json");
        ModelCard? card;
        try
        {
            card = JsonSerializer.Deserialize<ModelCard>(System.IO.File.ReadAllBytes(path), ModelJson.Options);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new InvalidModelException($"No model card can be read at '{path}': {e.Message}", e);
        }
        if (card is null)
            throw new InvalidModelException($"The model card '{path}' is empty.");
        card.Check(path);
        return card;
    }

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "model.json");
        var temporary = path + ".tmp";
        System.IO.File.WriteAllText(temporary, JsonSerializer.Serialize(this, ModelJson.Options) + "\n");
        System.IO.File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Checks size and SHA-256 of the model file; call before a runtime sees it.</summary>
    /// <returns>The verified file's path.</returns>
    /// <exception cref="InvalidModelException">The file is missing or is not the one that the card describes.</exception>
    public string VerifyFile(string folder)
    {
        var path = Path.Combine(folder, File.Name);
        if (!System.IO.File.Exists(path))
            throw new InvalidModelException($"The model file '{path}' named by its card is missing.");
        using var stream = System.IO.File.OpenRead(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (hash != File.Sha256)
            throw new InvalidModelException($"'{path}' has SHA-256 {hash}, but its card says {File.Sha256}: it is damaged or another file. Restore it or publish it with a new card.");
        return path;
    }

    private string Fingerprint()
    {
        var canonical = File.Sha256 + "\n" + CanonicalJson.Write(Preprocessing);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))[..16];
    }

    private void Check(string path)
    {
        void Require(bool condition, string what)
        {
            if (!condition)
                throw new InvalidModelException($"The model card '{path}' {what}.");
        }

        Require(Format == CurrentFormat, $"has format {Format}; this version reads format {CurrentFormat}");
        Require(Dimension is >= 1 and <= 4096, $"has dimension {Dimension}; 1 to 4096 can be served");
        Require(File.Name == Path.GetFileName(File.Name) && File.Name.Length > 0, "names a model file outside its own folder");
        Require(ContentHash.IsValid(File.Sha256), "has no SHA-256 for its model file");
        Require(EmbeddingModelId.IsValid($"{Name}@{Version}+0123456789abcdef"), $"has a name or version that can't form a model id: '{Name}', '{Version}'");
    }
}

/// <param name="Name">File name inside the model's folder.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="Precision">float32 or int8.</param>
public sealed record ModelFile(string Name, string Sha256, string Precision);

public sealed record Ingredient(string What, string Origin, string Licence);
