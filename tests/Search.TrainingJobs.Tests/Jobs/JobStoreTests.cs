using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Search.Contracts.Messages;
using Search.Contracts.Training;
using Search.Hosting;
using Search.Testing;
using Search.TrainingJobs.Jobs;

namespace Search.TrainingJobs.Tests.Jobs;

public sealed class JobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private JobStore _store;

    public JobStoreTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public void TakeNext_GivesJobsInTheirOrder_AndTheInterruptedOneFirst()
    {
        var (first, second) = (Add(), Add());
        Assert.Equal((first, TrainingJobState.Running, 1), (_store.TakeNext()!.Id, _store.Find(first)!.State, _store.Find(first)!.Attempts));
        Reopen();
        Assert.Equal((first, 2), (_store.TakeNext()!.Id, _store.Find(first)!.Attempts));
        _store.Interrupt(first);
        Assert.Equal(1, _store.Find(first)!.Attempts);
        _store.End(first, JobEnd.Succeeded("m"));
        Assert.Equal(second, _store.TakeNext()!.Id);
        _store.End(second, JobEnd.Failed("why"));
        Assert.Null(_store.TakeNext());
        Assert.Equal(("m", "why"), (_store.Find(first)!.Model, _store.Find(second)!.Reason));
    }

    [Fact]
    public void Cancel_EndsAQueuedJob_MarksARunningOne_AndLeavesAnEndedOne()
    {
        var (first, second) = (Add(), Add());
        _store.TakeNext();
        Assert.Equal(TrainingJobState.Running, _store.Cancel(first)!.State);
        Assert.Equal(TrainingJobState.Queued, _store.Cancel(second)!.State);
        Reopen();
        Assert.Equal((TrainingJobState.Running, true), (_store.Find(first)!.State, _store.Find(first)!.CancelRequested));
        Assert.Equal((TrainingJobState.Cancelled, 0), (_store.Find(second)!.State, _store.Find(second)!.Attempts));
        _store.End(first, JobEnd.Cancelled);
        var ended = _store.Find(first);
        Assert.Equal(TrainingJobState.Cancelled, _store.Cancel(first)!.State);
        Assert.Equal(ended, _store.Find(first));
        Assert.Null(_store.Cancel(99));
    }

    [Fact]
    public void Find_AfterAReopen_IsTheJobAsItWasLeft()
    {
        var id = _store.Add(new StartTrainingJob { Name = "n", Photos = "p", Catalogue = "c", JudgingCatalogue = "j", StartFrom = "m@1.0.0+0123456789abcdef", Seed = 3, Candidate = true, Note = "why", Recipe = """{"seed":1}""" }, "1.2.3").Id;
        _store.TakeNext();
        _store.Tell(id, new TrainingRunProgress("top", 3, 9, null, 20.5, 1.5));
        _store.Tell(id, new TrainingRunScore("top", 3, 0.5, 0.25));
        var before = _store.Find(id);
        Reopen();
        Assert.Equal(before, _store.Find(id));
        Assert.Equal(("n", "1.2.3", "c", "j", 3, true, "why"), (before!.Name, before.Version, before.Catalogue, before.JudgingCatalogue, before.Seed, before.Candidate, before.Note));
        Assert.Equal("m@1.0.0+0123456789abcdef", before.StartFrom);
        Assert.Equal((3, 0.25), (before.Progress!.Step, before.Score!.ShopperRecall));
        Assert.Equal("""{"seed":1}""", _store.Recipe(id));
    }

    [Fact]
    public void List_IsNewestFirst_PageByPage_AndOfOneState()
    {
        long[] ids = [Add(), Add(), Add(), Add()];
        _store.Cancel(ids[1]);
        Assert.Equal([ids[3], ids[2]], _store.List(null, 2, null).Select(job => job.Id));
        Assert.Equal([ids[1], ids[0]], _store.List(ids[2], 2, null).Select(job => job.Id));
        Assert.Equal([ids[1]], _store.List(null, 9, TrainingJobState.Cancelled).Select(job => job.Id));
        Assert.Equal([ids[0], ids[2], ids[3]], _store.Open().Select(job => job.Id));
    }

    [Fact]
    public void WithOldFiles_AreTheJobsThatEndedFirst_UntilTheirFilesAreForgotten()
    {
        long[] ids = [Add(), Add(), Add()];
        foreach (var id in ids.Take(2))
            _store.End(id, JobEnd.Cancelled);
        Assert.Equal([ids[0]], _store.WithOldFiles(1).Select(job => job.Id));
        _store.ForgetFiles(ids[0]);
        Assert.Equal((false, true), (_store.HasFiles(ids[0]), _store.HasFiles(ids[1])));
        Assert.Empty(_store.WithOldFiles(1));
    }

    private long Add() => _store.Add(new StartTrainingJob { Name = "n", Photos = "p" }, "1.0.0").Id;

    private void Reopen()
    {
        _store.Dispose();
        _store = Open();
    }

    private JobStore Open() => new(
        new DataDirectory(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Data:Directory", _folder["data"])]).Build()), TimeProvider.System);
}
