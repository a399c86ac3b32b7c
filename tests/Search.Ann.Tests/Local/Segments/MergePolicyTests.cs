using CsCheck;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Local.Segments;

namespace Search.Ann.Tests.Local.Segments;

public sealed class MergePolicyTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("40f", "")]
    [InlineData("40", "")]
    [InlineData("40f 10f", "")]
    [InlineData("40f 10f 10f", "1..3")] // those two are twenty, and forty is more
    [InlineData("40f 10f 10f 20f", "0..4")] // together they are as many as the first
    [InlineData("30f 40f 10f", "0..2")]
    [InlineData("40f/11 10f", "0..1")] // a quarter is dead
    [InlineData("40f/10 10f", "")]
    [InlineData("40f/40", "0..1")]
    public void ToMerge_TakesTheNewestAndWhatIsNoLargerThanWhatFollowed_ThenTheDead(string segments, string expected)
    {
        Assert.Equal(expected, Text(MergePolicy.ToMerge(Parsed(segments))));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("40f 10f", "")]
    [InlineData("40f 10 30", "1..2")]
    [InlineData("40", "0..1")]
    public void ToFreeze_TakesTheOldestThatIsInNoFile(string segments, string expected) => Assert.Equal(expected, Text(MergePolicy.ToFreeze(Parsed(segments))));

    [Fact]
    public void IsUrgent_OfMoreThanEight()
    {
        Assert.False(MergePolicy.IsUrgent(Parsed("9f 8f 7f 6f 5f 4f 3f 2f")));
        Assert.True(MergePolicy.IsUrgent(Parsed("9f 8f 7f 6f 5f 4f 3f 2f 1f")));
    }

    [Fact]
    public void ToFreezeAndToMerge_UntilNothingIsLeft_EndsWithSizesThatFallByHalf() => Gen.Int[0, 60].Array[0, 12].Sample(sizes =>
    {
        var segments = sizes.Select((size, i) => Of(i + 1, size, isFrozen: false, dead: 0)).ToList();
        for (var step = 0; ; step++)
        {
            var range = MergePolicy.ToFreeze([.. segments]);
            if (range.Equals(default)) range = MergePolicy.ToMerge([.. segments]);
            if (range.Equals(default)) break;
            Assert.InRange(step, 0, 2 * sizes.Length);
            var (start, length) = range.GetOffsetAndLength(segments.Count);
            var sources = segments.GetRange(start, length);
            segments.RemoveRange(start, length);
            // As the keeper does it: nothing left alive leaves no segment.
            if (sources.Sum(s => s.Alive) is > 0 and var count) segments.Insert(start, Of(sources[0].First, count, isFrozen: true, dead: 0));
        }
        Assert.All(segments, segment => Assert.NotNull(segment.File));
        for (var i = 1; i < segments.Count; i++)
            Assert.True(segments[i].Alive < segments[i - 1].Alive);
    });

    private static Segment[] Parsed(string segments) => [.. segments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, i) =>
    {
        var parts = text.Replace("f", "", StringComparison.Ordinal).Split('/');
        return Of(i + 1, int.Parse(parts[0], null), text.Contains('f', StringComparison.Ordinal), parts.Length > 1 ? int.Parse(parts[1], null) : 0);
    })];

    private static string Text(Range range) => range.Equals(default) ? "" : range.ToString();

    private static Segment Of(int number, int count, bool isFrozen, int dead)
    {
        var index = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 1));
        for (var id = 0; id < count; id++)
            index.Upsert(id, [1]);
        return new Segment(number, number, index, index.Name, isFrozen ? number : null) { Dead = dead };
    }
}
