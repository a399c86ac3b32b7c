using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Training.Checkpoints;

/// <summary>
/// The newest checkpoints of one run, each a folder that appears under its name only when it is whole and on the disk: a process that is killed
/// while writing leaves the one before. One writer at a time.
/// </summary>
/// <param name="path">Created when the first is written.</param>
public sealed class CheckpointFolder(string path)
{
    private const int Format = 1;

    /// <summary>The newest, and one more in case that a disk has damaged it.</summary>
    private const int Kept = 2;

    private const string TensorFile = "state.safetensors", DescriptionFile = "checkpoint.json", Unfinished = ".unfinished";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public string Path { get; } = path;

    /// <summary>Whether there is one to go on from.</summary>
    public bool Any => Names().Any();

    /// <summary>Removes the folder with all checkpoints, e.g. when the run is complete.</summary>
    public void Clear()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    internal void Write(TrainingCheckpoint checkpoint)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Stage:D2}-{checkpoint.Step:D8}");
        var unfinished = System.IO.Path.Combine(Path, name + Unfinished);
        var whole = System.IO.Path.Combine(Path, name);
        Delete(unfinished);
        Directory.CreateDirectory(unfinished);
        WriteThrough(System.IO.Path.Combine(unfinished, TensorFile), file => SafeTensorsWriter.Write(file, checkpoint.Tensors));
        var description = new Description(
            Format, checkpoint.Stage, checkpoint.Step, checkpoint.Elapsed.TotalSeconds, checkpoint.Run, Hash(System.IO.Path.Combine(unfinished, TensorFile)));
        WriteThrough(System.IO.Path.Combine(unfinished, DescriptionFile), file => JsonSerializer.Serialize(file, description, s_json));
        Delete(whole);
        Directory.Move(unfinished, whole);
        foreach (var old in Names().Skip(Kept).Concat(Directory.EnumerateDirectories(Path, "*" + Unfinished)).ToArray())
            Delete(old);
    }

    /// <summary>The newest that is whole; null where there is none at all.</summary>
    /// <exception cref="CheckpointException">There are some, and none can be read.</exception>
    internal TrainingCheckpoint? ReadNewest()
    {
        List<string> errors = [];
        foreach (var name in Names())
            try
            {
                return Read(name);
            }
            catch (Exception e) when (e is IOException or WeightFormatException or JsonException or CheckpointException)
            {
                errors.Add($"{System.IO.Path.GetFileName(name)}: {e.Message}");
            }
        return errors.Count == 0 ? null : throw new CheckpointException($"No checkpoint of '{Path}' can be read: {string.Join("; ", errors)}");
    }

    private static TrainingCheckpoint Read(string folder)
    {
        var description = JsonSerializer.Deserialize<Description>(File.ReadAllBytes(System.IO.Path.Combine(folder, DescriptionFile)), s_json);
        if (description is not { Format: Format, Stage: >= 0, Step: >= 0, Seconds: >= 0 and < 1e9 })
            throw new CheckpointException($"It has format {description?.Format}, not {Format}, or a negative step or time.");
        var tensors = System.IO.Path.Combine(folder, TensorFile);
        if (Hash(tensors) != description.TensorsSha256)
            throw new CheckpointException($"{TensorFile} is damaged.");
        return new TrainingCheckpoint(description.Run, description.Stage, description.Step, TimeSpan.FromSeconds(description.Seconds), SafeTensorsReader.Read(tensors));
    }

    /// <summary>Newest first.</summary>
    private IEnumerable<string> Names() => !Directory.Exists(Path) ? [] : Directory.EnumerateDirectories(Path)
        .Where(folder => !folder.EndsWith(Unfinished, StringComparison.Ordinal))
        .OrderDescending(StringComparer.Ordinal);

    private static void WriteThrough(string file, Action<Stream> write)
    {
        using var stream = File.Create(file);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private sealed record Description(int Format, int Stage, int Step, double Seconds, RunIdentity Run, string TensorsSha256);
}
