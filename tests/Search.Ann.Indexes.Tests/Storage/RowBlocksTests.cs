using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Tests.Storage;

public sealed class RowBlocksTests
{
    [Fact]
    public async Task EnsureCapacity_WhileAnotherThreadReads_MovesNothingItReads()
    {
        // Rows of 512 bytes: the first block doubles eight times and a second one follows.
        const int length = 128, rows = 40_000;
        for (var round = 0; round < 20; round++)
        {
            var blocks = new RowBlocks<int>(length);
            var written = 0;
            var writer = Task.Run(() =>
            {
                for (var slot = 0; slot < rows; slot++)
                {
                    blocks.EnsureCapacity(slot + 1);
                    blocks.Row(slot).Fill(slot);
                    Volatile.Write(ref written, slot + 1);
                }
            }, TestContext.Current.CancellationToken);
            var random = new Random(round);
            while (Volatile.Read(ref written) is var known && known < rows)
            {
                if (known == 0) continue;
                var slot = random.Next(known);
                var row = blocks.Row(slot);
                Assert.True(row.IndexOfAnyExcept(slot) < 0, $"row {slot} of {known}");
            }
            await writer;
        }
    }
}
