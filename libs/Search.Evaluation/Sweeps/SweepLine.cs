using System.Text.Json;

namespace Search.Evaluation.Sweeps;

/// <summary>Values of one JSON object. A number that is missing, not finite or out of range would make a curve that misleads, so it is refused by name.</summary>
internal readonly struct SweepLine(JsonElement element)
{
    public string Text(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw new InvalidDataException($"'{name}' is missing or no text.");

    public int Integer(string name, int least) =>
        FindInteger(name) is { } value && value >= least ? value : throw new InvalidDataException($"'{name}' is missing or below {least}.");

    public int? FindInteger(string name) =>
        Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw new InvalidDataException($"'{name}' is no whole number.");

    public double Number(string name, double least, double most = double.MaxValue) =>
        FindNumber(name) is { } value && value >= least && value <= most ? value : throw new InvalidDataException($"'{name}' is missing or out of range.");

    public double Positive(string name) =>
        FindNumber(name) is > 0 and var value ? value : throw new InvalidDataException($"'{name}' is missing or not above 0.");

    public double? FindNumber(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw new InvalidDataException($"'{name}' is no number.");

    public long? FindBytes(string name) =>
        Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number : throw new InvalidDataException($"'{name}' is no number of bytes.");

    private JsonElement? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
