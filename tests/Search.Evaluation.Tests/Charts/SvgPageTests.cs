using System.Xml.Linq;
using Search.Evaluation.Charts;
using Search.Evaluation.Sweeps;

namespace Search.Evaluation.Tests.Charts;

public sealed class SvgPageTests
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Draw_ASweep_NamesEveryEngineSetAndTheMachine()
    {
        var texts = Texts(Draw(
            """{"machine":{"cpu":"A <fast> & \"good\" processor","cores":1,"memory_gib":8,"os":"An OS","runtime":".NET","kernels":"Vector512","date":"2026-01-02"}}""",
            """{"set":"small","count":1000,"dimension":8}""",
            Line("ours-hnsw", 10, 0.9, 1_000), Line("ours-hnsw", 20, 0.99, 500), Line("faiss-IVF1024,Flat", 1, 0.95, 300), Line("faiss-LSH", 0, 0.4, 200)));
        Assert.Contains("small: 1,000 vectors of 8 dimensions", texts);
        Assert.Contains("hnsw", texts);
        Assert.Contains("faiss-IVF1024,Flat", texts);
        Assert.Contains("""A <fast> & "good" processor, 1 core, 8 GiB, An OS, .NET, Vector512, 2026-01-02""", texts);
        Assert.Contains("Not shown, for too little recall: faiss-LSH (0.40)", texts);
    }

    [Fact]
    public void Draw_PointsThatFindNoMoreThanFasterOnes_AreLeftOut()
    {
        var picture = Draw(Line("hnswlib", 10, 0.9, 1_000), Line("hnswlib", 20, 0.95, 500), Line("hnswlib", 40, 0.95, 250), Line("hnswlib", 80, 0.94, 100));
        Assert.Equal(2, picture.Descendants(_svg + "circle").Count());
    }

    [Fact]
    public void Draw_SeveralRounds_ShowsTheirMedian()
    {
        var one = Draw(Line("hnswlib", 10, 0.9, 2_000), Line("hnswlib", 20, 0.99, 1_000));
        var two = Draw(Line("hnswlib", 10, 0.9, 1_900), Line("hnswlib", 20, 0.99, 1_100), Line("hnswlib", 10, 0.9, 2_100, round: 2), Line("hnswlib", 20, 0.99, 900, round: 2));
        Assert.Equal(one.ToString(), two.ToString());
    }

    [Fact]
    public void Draw_AllEnginesOnThreeSets_IsSmallEnoughToCommit()
    {
        var lines = new List<string>();
        for (var set = 0; set < 3; set++)
        {
            for (var engine = 0; engine < 20; engine++)
            {
                for (var effort = 1; effort <= 8; effort++)
                    lines.Add($$"""{"engine":"ours-{{engine}}","set":"set-{{set}}","ef":{{effort}},"recall10":{{Invariant(1 - 0.2 / effort / (engine + 1))}},"qps":{{100_000 / effort + engine}}}""");
            }
        }
        Assert.InRange(Draw([.. lines]).ToString(SaveOptions.DisableFormatting).Length, 1, 100_000);
    }

    [Fact]
    public void Draw_AGrowthSweep_HasAPanelForEachFigure()
    {
        static string Growth(int count, double seconds) =>
            $$"""{"growth":true,"engine":"ours-hnsw","count":{{count}},"dimension":8,"ef":40,"recall10":0.95,"qps":9,"build_s":{{Invariant(seconds)}},"bytes":{{count * 700L}},"p50_us":40,"p99_us":70,"distances":800}""";
        var texts = Texts(Draw(Growth(10_000, 0.5), Growth(100_000, 6), Growth(1_000_000, 90)));
        Assert.Contains("Time to build", texts);
        Assert.Contains("Distances computed", texts);
        Assert.Equal(6, texts.Count(text => text == "hnsw"));
    }

    [Fact]
    public void Of_NothingToDraw_IsRefused() => Assert.Throws<InvalidDataException>(() => SweepPicture.Of(SweepLog.Read(["""{"set":"small","count":1000,"dimension":8}"""])));

    [Fact]
    public void Draw_OnlyEnginesWithoutRecall_IsAnEmptyPanelWithANote() =>
        Assert.Contains("Not shown, for too little recall: faiss-LSH (0.40)", Texts(Draw(Line("faiss-LSH", 0, 0.4, 200))));

    private static XDocument Draw(params string[] lines) => XDocument.Parse(SvgPage.Draw(SweepPicture.Of(SweepLog.Read(lines))));

    private static string[] Texts(XDocument picture) => [.. picture.Descendants(_svg + "text").Select(text => text.Value)];

    private static string Line(string engine, int effort, double recall, double speed, int round = 1) =>
        $$"""{"engine":"{{engine}}","set":"small","ef":{{effort}},"recall10":{{Invariant(recall)}},"qps":{{Invariant(speed)}},"round":{{round}}}""";

    private static string Invariant(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
