using CsCheck;
using Search.Cli.Importing;
using Search.Contracts;
using Search.Testing;

namespace Search.Cli.Tests;

public sealed class CatalogueFolderTests
{
    [Fact]
    public void APicture_BecomesAnItemOfItsFolder_WithItsPathAsAttribute()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "RINGS/my ring_1 - Copy.JPG");
        Write(folder, "RINGS/deeper/b.png");
        Write(folder, "loose.webp");
        Write(folder, "RINGS/notes.txt");
        Write(folder, ".hidden/c.jpg");

        var items = CatalogueFolder.Read(folder.Path);

        Assert.Equal(["RINGS/deeper/b.png", "RINGS/my ring_1 - Copy.JPG", "loose.webp"], items.Select(i => i.Path));
        Assert.Equal(["RINGS", "RINGS", "uncategorised"], items.Select(i => i.Category));
        Assert.Equal("my ring 1 - Copy", items[1].Title);
        Assert.Equal("RINGS/my ring_1 - Copy.JPG", items[1].Attributes["path"]);
    }

    [Fact]
    public void Ids_AreValid_TheSameEveryTime_AndDifferentForPathsThatLookAlike() =>
        Gen.Select(Gen.String[1, 200], Gen.String[1, 200]).Sample((a, b) =>
        {
            Assert.True(ItemId.IsValid(CatalogueFolder.IdOf(a)), CatalogueFolder.IdOf(a));
            Assert.Equal(CatalogueFolder.IdOf(a), CatalogueFolder.IdOf(a));
            return a == b || CatalogueFolder.IdOf(a) != CatalogueFolder.IdOf(b);
        });

    [Fact]
    public void Ids_OfPathsThatReduceToTheSameLetters_Differ() =>
        Assert.NotEqual(CatalogueFolder.IdOf("RINGS/a b.jpg"), CatalogueFolder.IdOf("RINGS/a_b.jpg"));

    [Fact]
    public void InlineLines_CarryTheBytes_AndPathLinesDoNot()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "rings/a.jpg", [1, 2, 3]);

        var inline = System.Text.Encoding.UTF8.GetString(new ImportLines(folder.Path, inline: true).All().Single());
        var byPath = System.Text.Encoding.UTF8.GetString(new ImportLines(folder.Path, inline: false).All().Single());

        Assert.Contains("\"data\":\"AQID\"", inline, StringComparison.Ordinal);
        Assert.Contains("\"path\":\"rings/a.jpg\"}]", byPath, StringComparison.Ordinal);
    }

    [Fact]
    public void APreparedCatalogue_IsTakenAsItIs()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "rings/a.jpg");
        File.WriteAllText(folder["catalogue.ndjson"], "{\"id\":\"x\",\"images\":[{\"path\":\"rings/a.jpg\"}]}\n\n");

        var lines = new ImportLines(folder.Path, inline: false);

        Assert.Equal(1, lines.Count);
        Assert.Contains("\"id\":\"x\"", System.Text.Encoding.UTF8.GetString(lines.All().Single()), StringComparison.Ordinal);
    }

    private static void Write(TemporaryFolder folder, string path, byte[]? bytes = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllBytes(folder[path], bytes ?? [0]);
    }
}
