using Search.Evaluation.Sweeps;

namespace Search.Evaluation.Tests.Sweeps;

public sealed class SweepLogTests
{
    [Fact]
    public void Read_LinesOfAllEngines_KeepsWhatTheyMeasured()
    {
        var log = SweepLog.Read([
            """{"machine":{"cpu":"A processor","cores":2,"memory_gib":23.5,"os":"An OS","runtime":".NET","kernels":"Vector512","date":"2026-01-02"}}""",
            """{"set":"small","count":1000,"dimension":128}""",
            """{"engine":"hnswlib","set":"small","M":16,"efc":200,"ef":10,"recall10":0.8605,"qps":19999,"p50_us":18.3,"p99_us":28.4,"build_s":14.5,"bytes":66000000}""",
            """{"engine": "faiss-Flat", "set": "small", "ef": 0, "recall10": 1.0, "qps": 11, "p50_us": 79.4, "p99_us": 120.3, "build_s": 165.0, "bytes": 27234334, "round": 2}""",
            """{"engine":"usearch-i8","set":"small","M":16,"efc":200,"ef":160,"recall10":0.9562,"qps":5833,"build_s":8.4}""",
            """{"engine":"faiss-LSH","set":"small","skipped":"no python3"}""",
        ]);
        Assert.Equal("A processor, 2 cores, 24 GiB, An OS, .NET, Vector512, 2026-01-02", log.Machine!.ToString());
        Assert.Equal(new SweepSet("small", 1_000, 128), log.Sets["small"]);
        Assert.Equal(
            [
                new SweepPoint("hnswlib", "small", 1, 10, 0.8605, 19_999, 14.5, 66_000_000),
                new SweepPoint("faiss-Flat", "small", 2, 0, 1, 11, 165, 27_234_334),
                new SweepPoint("usearch-i8", "small", 1, 160, 0.9562, 5_833, 8.4, null),
            ],
            log.Points);
        Assert.Equal([new SweepAbsence("faiss-LSH", "small", "no python3")], log.Absences);
    }

    [Fact]
    public void Read_WhatProgramsSayBesides_IsPassedOver()
    {
        var log = SweepLog.Read(["", "WARNING clustering 1000 points", """{"something":"else"}""", "[1]", """{"engine":"e","set":"s","recall10":1,"qps":2}"""]);
        Assert.Single(log.Points);
    }

    [Theory]
    [InlineData("""{"engine":"e","set":"s","recall10":1.2,"qps":2}""", "recall10")]
    [InlineData("""{"engine":"e","set":"s","recall10":-0.1,"qps":2}""", "recall10")]
    [InlineData("""{"engine":"e","set":"s","recall10":"much","qps":2}""", "recall10")]
    [InlineData("""{"engine":"e","set":"s","recall10":1,"qps":0}""", "qps")]
    [InlineData("""{"engine":"e","set":"s","recall10":1,"qps":1e999}""", "qps")]
    [InlineData("""{"engine":"e","set":"s","recall10":1}""", "qps")]
    [InlineData("""{"set":"s","recall10":1,"qps":2}""", "engine")]
    [InlineData("""{"engine":"e","set":7,"recall10":1,"qps":2}""", "set")]
    [InlineData("""{"engine":"e","set":"s","recall10":1,"qps":2,"bytes":-1}""", "bytes")]
    [InlineData("""{"engine":"e","set":"s","recall10":1,"qps":2,"ef":1.5}""", "ef")]
    [InlineData("""{"engine":"e","set":"s","recall10":1,"qp""", "Line 2")]
    [InlineData("""{"set":"s","count":0,"dimension":3}""", "count")]
    [InlineData("""{"machine":7}""", "cpu")]
    public void Read_ImpossibleValues_AreRefusedByNameAndLine(string line, string named)
    {
        var error = Assert.Throws<InvalidDataException>(() => SweepLog.Read(["noise", line]));
        Assert.Contains(named, error.Message);
        Assert.StartsWith("Line 2:", error.Message);
    }

    [Fact]
    public void TryReadPoint_NoPoint_IsNothing()
    {
        Assert.Null(SweepLog.TryReadPoint("clustered-100k (100000, 128)"));
        Assert.Null(SweepLog.TryReadPoint("""{"set":"s","count":3,"dimension":3}"""));
        Assert.Throws<InvalidDataException>(() => SweepLog.TryReadPoint("""{"engine":"e","recall10"""));
    }

    [Fact]
    public void Read_GrowthLines_AreNotPointsOfAComparison()
    {
        var log = SweepLog.Read(["""{"growth":true,"engine":"ours-hnsw","count":10000,"dimension":128,"ef":40,"recall10":0.96,"qps":9000,"build_s":1.5,"bytes":7800000,"mapped":5,"p50_us":50.5,"p99_us":90,"distances":700}"""]);
        Assert.Empty(log.Points);
        Assert.Equal([new GrowthPoint("ours-hnsw", 10_000, 128, 40, 0.96, 1.5, 7_800_000, 5, 50.5, 90, 700)], log.Growth);
    }
}
