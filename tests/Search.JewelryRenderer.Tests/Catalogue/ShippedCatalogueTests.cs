using System.Security.Cryptography;
using System.Text.Json;
using Search.JewelryRenderer.Catalogue;
using SkiaSharp;

namespace Search.JewelryRenderer.Tests.Catalogue;

/// <summary>Claims about the files in demo/, which everything else builds on.</summary>
public sealed class ShippedCatalogueTests
{
    private static readonly string Demo = Path.Combine(RepositoryRoot(), "demo");

    [Fact]
    public void Catalogue_IsWhatTheDesignerInvents()
    {
        var products = Designer.Invent(1, 20);
        Assert.Equal(products.Select(CatalogueFiles.Line), File.ReadLines(Path.Combine(Demo, "catalogue.ndjson")));
        Assert.Equal(products.Select(CatalogueFiles.QueryLine), File.ReadLines(Path.Combine(Demo, "queries.ndjson")));
    }

    [Fact]
    public void EveryPath_StaysInsideTheFolder_AndHoldsAPictureOfItsOwn()
    {
        var hashes = new HashSet<string>();
        var paths = Paths().ToArray();
        Assert.Equal(640, paths.Length);
        foreach (var path in paths)
        {
            Assert.Matches("^(images|queries)/[a-z]+/[a-z0-9-]+[.]jpg$", path);
            using var codec = SKCodec.Create(Path.Combine(Demo, path));
            Assert.Equal(SKEncodedImageFormat.Jpeg, codec.EncodedFormat);
            Assert.Equal(codec.Info.Width, codec.Info.Height);
            Assert.InRange(codec.Info.Width, 200, 512);
            Assert.True(hashes.Add(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Demo, path))))), $"{path} repeats another picture.");
        }
    }

    [Fact]
    public void Folder_HoldsNothingThatNoLineNames_AndStaysUnder25MiB()
    {
        var named = Paths().ToHashSet();
        var files = Directory.EnumerateFiles(Demo, "*", SearchOption.AllDirectories).ToArray();
        Assert.All(
            files.Select(f => Path.GetRelativePath(Demo, f).Replace('\\', '/')).Where(f => f.Contains('/', StringComparison.Ordinal)),
            f => Assert.Contains(f, named));
        Assert.InRange(files.Sum(f => new FileInfo(f).Length), 1, 25 * 1024 * 1024);
    }

    private static IEnumerable<string> Paths()
    {
        foreach (var line in File.ReadLines(Path.Combine(Demo, "catalogue.ndjson")))
        {
            using var product = JsonDocument.Parse(line);
            foreach (var image in product.RootElement.GetProperty("images").EnumerateArray()) yield return image.GetProperty("path").GetString()!;
        }

        foreach (var line in File.ReadLines(Path.Combine(Demo, "queries.ndjson")))
        {
            using var query = JsonDocument.Parse(line);
            yield return query.RootElement.GetProperty("image").GetString()!;
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Search.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
