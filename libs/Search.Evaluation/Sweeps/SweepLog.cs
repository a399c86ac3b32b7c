using System.Text.Json;

namespace Search.Evaluation.Sweeps;

/// <summary>
/// A sweep as its lines say it: JSON objects in the format of the engines' own programs, each kind known by a property of its own. Lines of another shape, such as what a program says while it
/// works, are passed over.
/// </summary>
internal sealed class SweepLog
{
    private readonly Dictionary<string, SweepSet> _sets = new(StringComparer.Ordinal);
    private readonly List<SweepPoint> _points = [];
    private readonly List<GrowthPoint> _growth = [];
    private readonly List<SweepAbsence> _absences = [];

    public SweepMachine? Machine { get; private set; }

    public IReadOnlyDictionary<string, SweepSet> Sets => _sets;

    public IReadOnlyList<SweepPoint> Points => _points;

    public IReadOnlyList<GrowthPoint> Growth => _growth;

    public IReadOnlyList<SweepAbsence> Absences => _absences;

    /// <exception cref="InvalidDataException">A line has the shape but not the values; it says which.</exception>
    public static SweepLog Read(IEnumerable<string> lines)
    {
        var log = new SweepLog();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (!line.StartsWith('{')) continue;
            try
            {
                log.Add(line);
            }
            catch (Exception e) when (e is JsonException or InvalidDataException)
            {
                throw new InvalidDataException($"Line {number}: {e.Message}", e);
            }
        }
        return log;
    }

    /// <summary>One line of an engine's program; null where it is none of a measured point.</summary>
    /// <exception cref="InvalidDataException">It is one, but its values are impossible.</exception>
    public static SweepPoint? TryReadPoint(string line)
    {
        if (!line.StartsWith('{')) return null;
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("recall10", out _) && !document.RootElement.TryGetProperty("growth", out _) ? Point(new SweepLine(document.RootElement)) : null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"No whole JSON object: {e.Message}", e);
        }
    }

    private void Add(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var line = new SweepLine(root);
        if (root.TryGetProperty("machine", out var machine)) Machine = MachineOf(new SweepLine(machine));
        else if (root.TryGetProperty("skipped", out _)) _absences.Add(new SweepAbsence(line.Text("engine"), line.Text("set"), line.Text("skipped")));
        else if (root.TryGetProperty("growth", out _)) _growth.Add(GrowthOf(line));
        else if (root.TryGetProperty("recall10", out _)) _points.Add(Point(line));
        else if (root.TryGetProperty("set", out _) && root.TryGetProperty("dimension", out _)) _sets[line.Text("set")] = new SweepSet(line.Text("set"), line.Integer("count", 1), line.Integer("dimension", 1));
    }

    private static SweepMachine MachineOf(SweepLine line) => new(
        line.Text("cpu"), line.Integer("cores", 1), line.Number("memory_gib", 0), line.Text("os"), line.Text("runtime"), line.Text("kernels"), line.Text("date"));

    private static SweepPoint Point(SweepLine line) => new(
        line.Text("engine"), line.Text("set"), line.FindInteger("round") ?? 1, line.FindInteger("ef") ?? 0, line.Number("recall10", 0, 1), line.Positive("qps"), line.FindNumber("build_s"), line.FindBytes("bytes"));

    private static GrowthPoint GrowthOf(SweepLine line) => new(
        line.Text("engine"), line.Integer("count", 1), line.Integer("dimension", 1), line.Integer("ef", 0), line.Number("recall10", 0, 1), line.Number("build_s", 0),
        line.FindBytes("bytes") ?? 0, line.FindBytes("mapped") ?? 0, line.Positive("p50_us"), line.Positive("p99_us"), line.Number("distances", 0));
}
