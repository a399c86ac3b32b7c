using System.Text.Encodings.Web;
using System.Text.Json;

namespace Search.Benchmarks.Comparison;

/// <summary>Lines of a sweep, kept and written as they come: what is measured survives a run that is cut off.</summary>
/// <param name="echo">Whether they go to standard output, too.</param>
internal sealed class SweepWriter(string? path, bool echo = false) : IDisposable
{
    // "IVF1024,Flat" and the like stay readable; the lines go to no page.
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<string> _lines = [];
    private readonly StreamWriter? _file = path is null ? null : new StreamWriter(path) { AutoFlush = true };

    internal IReadOnlyList<string> Lines => _lines;

    internal void Write(object line) => WriteText(JsonSerializer.Serialize(line, _json));

    internal void WriteText(string line)
    {
        _lines.Add(line);
        _file?.WriteLine(line);
        if (echo) Console.WriteLine(line);
    }

    public void Dispose() => _file?.Dispose();
}
