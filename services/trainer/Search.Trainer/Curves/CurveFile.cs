using Search.MetricLearning.Training;

namespace Search.Trainer.Curves;

/// <summary>
/// Writes a run's progress as JSON lines, each on the disk's side before the next step, and every minute and at the end a page beside them. A resumed run goes on in the same file: what it
/// does again replaces what was written of it.
/// </summary>
internal sealed class CurveFile(string path, bool goesOn, TimeProvider time) : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan s_pageInterval = TimeSpan.FromMinutes(1);

    private readonly long _start = time.GetTimestamp();
    private readonly List<CurvePoint> _points = [];
    private StreamWriter? _lines;
    private double _secondsBefore;
    private long _lastPage = time.GetTimestamp();

    public string PagePath { get; } = Path.ChangeExtension(path, ".html");

    public void Report(TrainingProgress value)
    {
        if (value.Loss is null && value.Validation is null)
            return;
        _lines ??= Open(value);
        var point = CurvePoint.Of(value, _secondsBefore + time.GetElapsedTime(_start).TotalSeconds);
        _points.Add(point);
        _lines.WriteLine(point.ToLine());
        if (time.GetElapsedTime(_lastPage) >= s_pageInterval)
            WritePage(isLive: true);
    }

    /// <summary>The last page; also of a run that failed.</summary>
    public void Dispose()
    {
        if (_lines is null)
            return;
        _lines.Dispose();
        WritePage(isLive: false);
    }

    private StreamWriter Open(TrainingProgress first)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        if (goesOn && File.Exists(path))
            // Lines up to the first that is done again, or to one that a kill cut off.
            _points.AddRange(File.ReadLines(path).Select(CurvePoint.Parse).OfType<CurvePoint>().TakeWhile(p => (p.Stage, p.Step) != (first.Stage, first.Step)));
        _secondsBefore = _points.Count == 0 ? 0 : _points[^1].Seconds;
        Replace(path, string.Concat(_points.Select(p => p.ToLine() + Environment.NewLine)));
        return new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    }

    private void WritePage(bool isLive)
    {
        _lastPage = time.GetTimestamp();
        Replace(PagePath, CurvePage.Html(_points, isLive));
    }

    /// <summary>Under another name first: a reader never sees half a file, and a kill loses nothing.</summary>
    private static void Replace(string file, string text)
    {
        var unfinished = file + ".new";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, file, overwrite: true);
    }
}
