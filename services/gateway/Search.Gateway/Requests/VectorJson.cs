using System.Text.Json;
using Search.Contracts;

namespace Search.Gateway.Requests;

/// <summary>Reads a query vector: a JSON array of finite numbers, of any length but zero.</summary>
internal static class VectorJson
{
    internal const string Field = "vector";

    /// <returns>The vector at unit length: the scores of an answer are cosines whatever the caller's scale.</returns>
    internal static float[] ParseUnit(ReadOnlySpan<byte> json)
    {
        try
        {
            return Normalize(Read(json));
        }
        catch (JsonException e)
        {
            throw Bad($"is not JSON that can be read: {e.Message}");
        }
    }

    private static List<float> Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw Bad("is not a JSON array.");
        var numbers = new List<float>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetSingle(out var number) || !float.IsFinite(number))
                throw Bad($"holds something else than a finite number at [{numbers.Count}].");
            numbers.Add(number);
        }
        // The reader itself complains about text behind the array.
        reader.Read();
        return numbers;
    }

    private static float[] Normalize(List<float> numbers)
    {
        // In double: the square of a large float overflows, that of a tiny one vanishes.
        var square = 0.0;
        foreach (var number in numbers)
            square += (double)number * number;
        if (square == 0)
            throw Bad("has no direction: it is empty or all zeros.");
        var length = Math.Sqrt(square);
        return [.. numbers.Select(number => (float)(number / length))];
    }

    private static ServiceProblemException Bad(string detail) => RequestProblems.Parameter(Field, detail);
}
