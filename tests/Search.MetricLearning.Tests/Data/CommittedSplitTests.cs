using Search.MetricLearning.Data;

namespace Search.MetricLearning.Tests.Data;

public sealed class CommittedSplitTests
{
    [Fact]
    public void CommittedModels_Splits_AreValidAndHoldOutAFifth()
    {
        var splits = Directory.GetFiles(Path.Combine(RepositoryRoot(), "models"), "split.json", SearchOption.AllDirectories);
        Assert.NotEmpty(splits);
        foreach (var split in splits.Select(File.ReadAllText).Select(SplitManifest.FromJson))
        {
            double training = split.Training.Sum(g => g.Count), heldOut = split.HeldOut.Sum(g => g.Count);
            Assert.InRange(heldOut / (training + heldOut), 0.18, 0.22);
        }
    }

    [Fact]
    public void CommittedModels_Splits_NameThePhotosBesideTheRepository()
    {
        var photos = PhotoFolder.Read(SharedFolder.Require("data", "jewelry-photos")).Select(p => p.ContentHash).ToHashSet();
        foreach (var path in Directory.GetFiles(Path.Combine(RepositoryRoot(), "models"), "split.json", SearchOption.AllDirectories))
        {
            var split = SplitManifest.FromJson(File.ReadAllText(path));
            Assert.Equal(photos, split.Training.Concat(split.HeldOut).SelectMany(g => g).ToHashSet());
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Search.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
