using Search.Hosting.Files;
using Search.Testing;

namespace Search.Hosting.Tests.Files;

public sealed class ConfinedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConfinedFolder _confined;

    public ConfinedFolderTests()
    {
        Directory.CreateDirectory(_folder["root/a/b"]);
        Directory.CreateDirectory(_folder["root2"]);
        Directory.CreateSymbolicLink(_folder["root/inside"], "a/b");
        Directory.CreateSymbolicLink(_folder["root/outside"], _folder["root2"]);
        Directory.CreateSymbolicLink(_folder["root/up"], "../root2");
        Directory.CreateSymbolicLink(_folder["root/loop"], "loop");
        Directory.CreateSymbolicLink(_folder["linked"], _folder["root"]);
        _confined = new ConfinedFolder(_folder["linked"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a/b", "root/a/b")]
    [InlineData("inside", "root/a/b")]
    [InlineData("inside/new", "root/a/b/new")]
    public void TryResolve_APathWithin_IsTheRealOne(string path, string expected)
    {
        Assert.True(_confined.TryResolve(path, out var real));
        Assert.Equal(_folder[expected], real);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../..")]
    [InlineData("a//b")]
    [InlineData("/etc")]
    [InlineData("a\\b")]
    [InlineData("c:a")]
    [InlineData("a\nb")]
    [InlineData("outside")]
    [InlineData("outside/x")]
    [InlineData("up")]
    public void TryResolve_APathThatLeadsOut_IsRefused(string path)
    {
        Assert.False(_confined.TryResolve(path, out var real));
        Assert.Null(real);
    }

    [Fact]
    public void TryResolve_LinksWithoutEnd_LeadNowhere()
    {
        Assert.True(_confined.TryResolve("loop", out var real));
        Assert.Null(real);
    }
}
