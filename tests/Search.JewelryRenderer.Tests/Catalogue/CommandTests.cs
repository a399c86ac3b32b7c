using Search.JewelryRenderer.Commands;

namespace Search.JewelryRenderer.Tests.Catalogue;

public sealed class CommandTests
{
    [Fact]
    public void Catalogue_TextOnly_WritesBothFiles()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.Equal(0, CatalogueCommand.Create(TimeProvider.System).Parse(["--out", folder.FullName, "--per-category", "2", "--text-only"]).Invoke());
            Assert.Equal(16, File.ReadLines(Path.Combine(folder.FullName, "catalogue.ndjson")).Count());
            Assert.Equal(16, File.ReadLines(Path.Combine(folder.FullName, "queries.ndjson")).Count());
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Theory]
    [InlineData("--per-category", "0")]
    [InlineData("--per-category", "1000")]
    [InlineData("--seed", "minus one")]
    public void Catalogue_WithAnImpossibleOption_SaysSoAndWritesNothing(string option, string value)
    {
        var parsed = CatalogueCommand.Create(TimeProvider.System).Parse(["--out", "never-written", option, value]);
        Assert.NotEmpty(parsed.Errors);
        Assert.False(Directory.Exists("never-written"));
    }

    [Theory]
    [InlineData("--category", "tiaras")]
    [InlineData("--views", "19")]
    [InlineData("--size", "0")]
    [InlineData("--from", "no-such-folder")]
    public void Sheet_WithAnImpossibleOption_IsRefused(string option, string value) =>
        Assert.NotEmpty(SheetCommand.Create(TimeProvider.System).Parse(["--out", "x.png", option, value]).Errors);
}
