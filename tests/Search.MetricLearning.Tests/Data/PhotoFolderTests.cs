using Search.MetricLearning.Data;

namespace Search.MetricLearning.Tests.Data;

public sealed class PhotoFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("photo-folder-").FullName;

    [Fact]
    public void Read_Folder_TakesCategoriesFromFoldersAndPassesOverOtherFiles()
    {
        Write("README.md", "x");
        Write("RINGS/b.JPG", "abc");
        Write("RINGS/notes.txt", "x");
        Write("EARRINGS/a.png", "x");
        var photos = PhotoFolder.Read(_root);
        Assert.Equal(["EARRINGS", "RINGS"], photos.Select(p => p.Category));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", photos[1].ContentHash); // SHA-256 of "abc", FIPS 180-2
    }

    [Fact]
    public void Read_NoSuchFolder_SaysSo() =>
        Assert.Throws<DirectoryNotFoundException>(() => PhotoFolder.Read(Path.Combine(_root, "nowhere")));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
