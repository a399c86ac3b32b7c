using Search.Cli.Importing;

namespace Search.Cli.Tests;

public sealed class ImportRateTests
{
    [Fact]
    public void Describe_CountsOnlyWhatThisImportDid_AndSaysWhatIsLeft()
    {
        var rate = new ImportRate();

        Assert.Equal("500 of 1,000 pieces searchable", rate.Describe(500, 1_000));
        Assert.Matches(@"^900 of 1,000 pieces searchable, [\d,]+/s, 0:00 left$", rate.Describe(900, 1_000));
        Assert.Equal("1,000 of 1,000 pieces searchable", rate.Describe(1_000, 1_000));
    }
}
