using System.Text;
using CsCheck;
using Search.Indexing.Import;

namespace Search.Indexing.Tests.Import;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData(" \r\n\t\n")]
    public async Task Next_NothingButBlanks_IsTheEnd(string text) => Assert.Empty(await ReadAsync(text, 10, 3));

    [Fact]
    public async Task Next_LastLineWithoutItsEnd_IsALine() =>
        Assert.Equal([(1, "a"), (3, "b")], await ReadAsync("a\n\nb", 10, 1));

    [Fact]
    public async Task Next_LineOverTheLimit_IsSkippedAndCounted() =>
        Assert.Equal([(1, "ab"), (2, null), (3, "cd")], await ReadAsync("ab\n" + new string('x', 1000) + "\ncd\n", 4, 7));

    [Fact]
    public async Task Next_LastLineOverTheLimit_IsReported() =>
        Assert.Equal([(1, null)], await ReadAsync(new string('x', 200_000), 4, 70_000));

    [Fact]
    public void Next_AnyTextInAnyPieces_GivesWhatSplittingGives() =>
        Gen.Select(Gen.String[Gen.Char["ab \n"], 0, 200], Gen.Int[1, 20], Gen.Int[1, 30]).Sample((text, limit, piece) =>
        {
            var expected = text.Split('\n')
                .Select((line, i) => (i + 1, line.Length > limit ? null : line))
                .Where(line => line.Item2 is null || line.Item2.Trim().Length > 0);
            // Never really waits: the stream is in memory.
            var lines = ReadAsync(text, limit, piece);
            Assert.True(lines.IsCompletedSuccessfully);
            Assert.Equal(expected, Result(lines));
        }, seed: "0000KOIXpL52", threads: 1);

    private static T Result<T>(Task<T> completed) => completed.GetAwaiter().GetResult();

    /// <returns>Number and text of each line; no text where it was too long.</returns>
    private static async Task<List<(int Number, string? Text)>> ReadAsync(string text, int limit, int piece)
    {
        using var stream = new PiecewiseStream(Encoding.UTF8.GetBytes(text), piece);
        using var reader = new LineReader(stream, limit);
        var lines = new List<(int, string?)>();
        while (await reader.NextAsync(TestContext.Current.CancellationToken) is { } line)
            lines.Add((line.Number, line.TooLong ? null : Encoding.UTF8.GetString(line.Bytes.Span)));
        return lines;
    }

    /// <summary>Gives at most so many bytes a read, as networks do.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
