using System.Text.Json;
using System.Xml.Linq;
using Search.MetricLearning.Training;
using Search.Testing;
using Search.Trainer.Curves;

namespace Search.Trainer.Tests.Curves;

public sealed class CurveFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Report_StepsAndMeasurements_AreOneLineEach()
    {
        using (var curves = Open())
        {
            curves.Report(new("frozen blocks", 1, 2, null, 100, TimeSpan.Zero));
            _time.Elapsed = TimeSpan.FromSeconds(3);
            curves.Report(Step("top", 1, 2.5));
            curves.Report(Step("top", 1, null) with { Validation = new(0.9, 0.4) });
        }
        var lines = File.ReadAllLines(_folder["curves.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Equal(2.5, lines[0].GetProperty("loss").GetDouble());
        Assert.Equal(2, lines[0].GetProperty("terms").GetProperty("triplet/piece").GetDouble());
        Assert.Equal(0.5, lines[0].GetProperty("terms").GetProperty("triplet/piece (2)").GetDouble());
        Assert.Equal(5e-4, lines[0].GetProperty("learningRate").GetDouble());
        Assert.Equal(20, lines[0].GetProperty("imagesPerSecond").GetDouble());
        Assert.Equal(3, lines[0].GetProperty("seconds").GetDouble());
        Assert.InRange(lines[0].GetProperty("residentMebibytes").GetDouble(), 10, 100_000);
        Assert.Equal(0.9, lines[1].GetProperty("categoryPrecision").GetDouble());
        Assert.Equal(0.4, lines[1].GetProperty("shopperRecall").GetDouble());
        Assert.False(lines[1].TryGetProperty("loss", out _));
    }

    [Fact]
    public void Report_RunThatDiverges_IsStillWrittenAndDrawn()
    {
        using (var curves = Open())
        {
            curves.Report(Step("top", 1, 1));
            curves.Report(Step("top", 2, double.NaN));
        }
        Assert.Equal(double.NaN, CurvePoint.Parse(File.ReadAllLines(_folder["curves.jsonl"])[1])!.Loss);
        Assert.DoesNotContain("NaN", File.ReadAllText(_folder["curves.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_ResumedAfterAKill_ReplacesWhatIsDoneAgain()
    {
        using (var killed = Open())
        {
            for (var step = 1; step <= 5; step++)
            {
                _time.Elapsed += TimeSpan.FromSeconds(10);
                killed.Report(Step("top", step, step));
            }
        }
        File.AppendAllText(_folder["curves.jsonl"], "{\"seconds\":51,\"sta");
        _time.Elapsed = TimeSpan.Zero;
        using (var resumed = Open(goesOn: true))
        {
            _time.Elapsed = TimeSpan.FromSeconds(2);
            resumed.Report(Step("top", 5, 50));
            resumed.Report(Step("whole", 1, 60));
        }
        CurvePoint[] points = [.. File.ReadAllLines(_folder["curves.jsonl"]).Select(line => CurvePoint.Parse(line)!)];
        Assert.Equal([1, 2, 3, 4, 50, 60], points.Select(p => p.Loss!.Value));
        Assert.Equal([10, 20, 30, 40, 42, 42], points.Select(p => p.Seconds));
    }

    [Fact]
    public void Report_NewRun_StartsTheFileAnew()
    {
        for (var run = 0; run < 2; run++)
            using (var curves = Open())
                curves.Report(Step("top", 1, run));
        Assert.Equal(1, CurvePoint.Parse(Assert.Single(File.ReadAllLines(_folder["curves.jsonl"])))!.Loss);
    }

    [Fact]
    public void Report_EveryMinute_WritesAPageThatIsWhole()
    {
        using var curves = Open();
        curves.Report(Step("top", 1, 3));
        Assert.False(File.Exists(curves.PagePath));
        _time.Elapsed = TimeSpan.FromSeconds(61);
        curves.Report(Step("top", 2, -1) with { Validation = new(0.5, 0.5) });
        var page = File.ReadAllText(curves.PagePath);
        Assert.Contains("refresh", page, StringComparison.Ordinal);
        var svg = XElement.Parse(page[page.IndexOf("<svg", StringComparison.Ordinal)..(page.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
        string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.All((string[])["Loss", "On photos set aside", "Learning rate", "Resident memory, MiB", "top, step 2 of 10, 1.0 minutes"], text => Assert.Contains(text, texts));
        curves.Dispose();
        Assert.DoesNotContain("refresh", File.ReadAllText(curves.PagePath), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_LongRun_DrawsNoMorePointsThanShow()
    {
        CurvePoint[] points = [.. Enumerable.Range(1, 10_000).Select(step => new CurvePoint(step, "whole", step, 10_000, 20, 800 + step % 3) { Loss = 5.0 / step })];
        var page = CurvePage.Html(points, isLive: false);
        Assert.InRange(page.Length, 1000, 200_000);
        Assert.Contains("Resident memory in the last 60 minutes: 801 MiB at their start", page, StringComparison.Ordinal);
        Assert.Contains("800 to 802 between", page, StringComparison.Ordinal);
    }

    private CurveFile Open(bool goesOn = false) => new(_folder["curves.jsonl"], goesOn, _time);

    private static TrainingProgress Step(string stage, int step, double? loss) => new(stage, step, 10, loss, 20, TimeSpan.Zero)
    {
        Terms = loss is null ? [] : [new("triplet/piece", 2), new("triplet/piece", 0.5)],
        LearningRate = loss is null ? null : 5e-4,
    };

    private sealed class SetTime : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
