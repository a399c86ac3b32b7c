using System.Text.Json;

namespace Search.MetricLearning.Data;

/// <summary>
/// Which photos a model was trained on and which were held out, by content hash alone: it can be published with a model
/// whose photos cannot, and whoever has the photos can repeat the judgment. Each inner list is one piece of jewelry.
/// </summary>
public sealed record SplitManifest
{
    /// <summary>Version of the file's form.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Version of the file that was read.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The seed of the division.</summary>
    public required int Seed { get; init; }

    /// <summary>The share that was asked for.</summary>
    public required double HeldOutShare { get; init; }

    /// <summary>Groups of SHA-256 content hashes to train on.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Training { get; init; }

    /// <summary>Groups of SHA-256 content hashes that training never sees.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> HeldOut { get; init; }

    /// <summary>Without the held-out groups of which the other division trained on a photo: a model knows those by heart, and is not to be compared by them.</summary>
    public SplitManifest WithoutHeldOut(SplitManifest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var seen = other.Training.SelectMany(group => group).ToHashSet(StringComparer.Ordinal);
        return this with { HeldOut = [.. HeldOut.Where(group => !group.Any(seen.Contains))] };
    }

    /// <summary>One group a line, so that two manifests compare well.</summary>
    public string ToJson()
    {
        static string Lines(IEnumerable<IReadOnlyList<string>> groups) =>
            string.Join(",\n", groups.Select(g => "    " + JsonSerializer.Serialize(g)));
        return $$"""
            {
              "format": {{Format}},
              "seed": {{Seed}},
              "heldOutShare": {{JsonSerializer.Serialize(HeldOutShare)}},
              "training": [
            {{Lines(Training)}}
              ],
              "heldOut": [
            {{Lines(HeldOut)}}
              ]
            }

            """;
    }

    /// <exception cref="InvalidDataException">Not a manifest, of another format, or a photo is in it twice.</exception>
    public static SplitManifest FromJson(string json)
    {
        SplitManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<SplitManifest>(json, s_json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"This is not a split manifest: {e.Message}", e);
        }
        if (manifest is not { Format: CurrentFormat })
            throw new InvalidDataException($"The split manifest has format {manifest?.Format}, not {CurrentFormat}.");
        manifest.RequireEachPhotoOnce();
        return manifest;
    }

    private void RequireEachPhotoOnce()
    {
        var seen = new HashSet<string>();
        foreach (var group in Training.Concat(HeldOut))
            // The serialiser checks members for null, not what lies inside lists.
            foreach (var hash in (IReadOnlyList<string?>?)group ?? throw new InvalidDataException("The split manifest has a null group."))
                if (hash is null || !seen.Add(hash))
                    throw new InvalidDataException($"The split manifest names the photo '{hash}' more than once or not at all.");
    }
}
