using System.Net;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Import;

public sealed class ImportPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _root;

    public ImportPathTests()
    {
        _root = Directory.CreateDirectory(_folder["photos"]).FullName;
        Directory.CreateDirectory(Path.Combine(_root, "rings"));
        File.WriteAllBytes(Path.Combine(_root, "rings", "one two ü.jpg"), Pictures.Jpeg(1));
        File.WriteAllBytes(_folder["secret.jpg"], Pictures.Jpeg(2));
        // A neighbour whose name begins as the root's does.
        Directory.CreateDirectory(_folder["photos-private"]);
        File.WriteAllBytes(Path.Combine(_folder["photos-private"], "secret.jpg"), Pictures.Jpeg(2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_FileUnderTheRoot_IsTaken()
    {
        await using var host = await StartAsync();
        using var response = await host.ImportAsync(Requests.PathLine("a", "rings/one two ü.jpg"));
        Assert.Equal((1, 0, 0), await response.CountsAsync());
        await host.IndexedAsync(1);
    }

    [Fact]
    public async Task Import_MorePicturesThanMemoryIsKeptFor_AreAllTaken()
    {
        // Twelve megabytes in one batch of lines: what follows a picture's end is no part of it.
        for (var i = 0; i < 12; i++)
            File.WriteAllBytes(Path.Combine(_root, $"{i}.jpg"), [.. Pictures.Jpeg(i), .. new byte[1 << 20]]);
        await using var host = await StartAsync();
        using var response = await host.ImportAsync([.. Enumerable.Range(0, 12).Select(i => Requests.PathLine($"item-{i}", $"{i}.jpg"))]);
        Assert.Equal((12, 0, 0), await response.CountsAsync());
        Assert.Equal(12, host.BlobCount());
        await host.IndexedAsync(12);
    }

    [Fact]
    public async Task Import_UnchangedFile_WritesNoBlobAgain()
    {
        await using var host = await StartAsync();
        using var first = await host.ImportAsync(Requests.PathLine("a", "rings/one two ü.jpg"));
        var blob = Directory.GetFiles(host.BlobFolder, "*", SearchOption.AllDirectories).Single();
        var longAgo = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(blob, longAgo);

        using var second = await host.ImportAsync(Requests.PathLine("a", "rings/one two ü.jpg"));

        Assert.Equal((0, 1, 0), await second.CountsAsync());
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(blob));
    }

    [Theory]
    [InlineData("../secret.jpg")]
    [InlineData("rings/../../secret.jpg")]
    [InlineData("rings/../rings/one two ü.jpg")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("./rings/one two ü.jpg")]
    [InlineData("rings//one two ü.jpg")]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("\\\\server\\share\\a.jpg")]
    [InlineData("..\\secret.jpg")]
    [InlineData("C:\\secret.jpg")]
    [InlineData("file:///etc/passwd")]
    [InlineData("%2e%2e/secret.jpg")]
    [InlineData("..%2fsecret.jpg")]
    [InlineData("rings/one two ü.jpg\0.png")]
    [InlineData("~/secret.jpg")]
    [InlineData("rings")]
    [InlineData("rings/one two ü.jpg/x")]
    [InlineData("../photos-private/secret.jpg")]
    public async Task Import_PathThatIsNoFileUnderTheRoot_IsRefusedWithoutSayingWhatLiesThere(string path)
    {
        await using var host = await StartAsync();
        using var response = await host.ImportAsync(Requests.PathLine("a", path));
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        var error = problem.GetProperty("errors")[0];
        Assert.Equal(400, error.GetProperty("status").GetInt32());
        Assert.DoesNotContain(_folder.Path, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, host.BlobCount());
    }

    [Fact]
    public async Task Import_AbsolutePathOfAFileUnderTheRoot_IsRefused()
    {
        await using var host = await StartAsync();
        using var response = await host.ImportAsync(Requests.PathLine("a", Path.Combine(_root, "rings", "one two ü.jpg")));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Import_LinkOutOfTheRoot_IsRefusedHoweverItIsMade()
    {
        Link("file.jpg", _folder["secret.jpg"]);
        Link("relative.jpg", "../secret.jpg");
        Link("folder", _folder.Path);
        Link("chain.jpg", "relative.jpg");
        Link("rings/up", "..");
        Link("proc.jpg", "/proc/self/environ");
        await using var host = await StartAsync();
        foreach (var path in new[] { "file.jpg", "relative.jpg", "folder/secret.jpg", "chain.jpg", "rings/up/relative.jpg", "rings/up/up/secret.jpg", "proc.jpg" })
        {
            using var response = await host.ImportAsync(Requests.PathLine("a", path));
            await response.ProblemAsync(HttpStatusCode.BadRequest);
        }
        Assert.Equal(0, host.BlobCount());
    }

    [Fact]
    public async Task Import_LinkThatStaysInsideTheRoot_IsFollowed()
    {
        Link("best.jpg", "rings/one two ü.jpg");
        Link("rings/up", "..");
        await using var host = await StartAsync();
        using var response = await host.ImportAsync(Requests.PathLine("a", "best.jpg"), Requests.PathLine("b", "rings/up/best.jpg"));
        Assert.Equal((2, 0, 0), await response.CountsAsync());
    }

    [Fact]
    public async Task Import_LinksInACircle_AreRefused()
    {
        Link("a.jpg", "b.jpg");
        Link("b.jpg", "a.jpg");
        await using var host = await StartAsync();
        using var response = await host.ImportAsync(Requests.PathLine("a", "a.jpg"));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Import_RootThatIsItselfALink_Works()
    {
        Directory.CreateSymbolicLink(_folder["link"], _root);
        await using var host = await IndexingHost.StartAsync(settings: ("Indexing:ImportRoot", _folder["link"]));
        using var response = await host.ImportAsync(Requests.PathLine("a", "rings/one two ü.jpg"));
        Assert.Equal((1, 0, 0), await response.CountsAsync());
    }

    [Fact]
    public async Task Import_WithoutARoot_RefusesEveryPathAndSaysHowToAllowIt()
    {
        await using var host = await IndexingHost.StartAsync();
        using var response = await host.ImportAsync(Requests.PathLine("a", "rings/one two ü.jpg"));
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains("Indexing:ImportRoot", problem.GetProperty("errors")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FilesThatAreEmptyOrTooLarge_AreRefusedBeforeTheyAreRead()
    {
        File.WriteAllBytes(Path.Combine(_root, "empty.jpg"), []);
        File.WriteAllBytes(Path.Combine(_root, "large.jpg"), new byte[10_001]);
        await using var host = await IndexingHost.StartAsync(settings: [("Indexing:ImportRoot", _root), ("Indexing:MaxImageBytes", "10000")]);
        using var response = await host.ImportAsync(Requests.PathLine("a", "empty.jpg"), Requests.PathLine("b", "large.jpg"));
        var errors = (await response.JsonAsync()).GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal([400, 413], errors.Select(e => e.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Start_RootThatDoesNotExist_StopsTheService()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => IndexingHost.StartAsync(settings: ("Indexing:ImportRoot", _folder["nowhere"])));
        Assert.Contains("Indexing:ImportRoot", failure.Message, StringComparison.Ordinal);
    }

    private Task<IndexingHost> StartAsync() => IndexingHost.StartAsync(settings: ("Indexing:ImportRoot", _root));

    private void Link(string path, string target) => File.CreateSymbolicLink(Path.Combine(_root, path), target);
}
