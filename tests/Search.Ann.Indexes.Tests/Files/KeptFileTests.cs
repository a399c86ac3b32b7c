using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Rescoring;
using Search.Testing;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Files;

/// <summary>
/// Files of every version there has been, kept beside the tests: they are read for ever, and answer as they did. When a kind gets a new version, <see cref="Write"/> adds a file of that; those there
/// are stay as they are.
/// </summary>
public sealed class KeptFileTests
{
    public static TheoryData<string> Kinds => FileKind.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AKeptFile_HasWhatWasPutIntoIt_AndAnswersAsItDid(string name)
    {
        var kind = FileKind.Of(name);
        var path = Path.Combine(AppContext.BaseDirectory, "Files", "Kept", $"{name}-{kind.Version}.bin");
        var bytes = File.ReadAllBytes(path);
        var vectors = kind.Shape.Vectors;
        using var opened = kind.OpenFile(path, FileVerification.AtOpen);
        using var oracle = kind.Shape.Fill(new ExactIndexFactory());
        if (opened is IVectorSource source)
        {
            Assert.Equal(oracle.Count, source.Count);
            var stored = new float[source.Dimension];
            foreach (var id in oracle.ListIds())
            {
                Assert.True(source.TryGet(id, out var vector));
                oracle.TryGetVector(id, stored);
                Assert.Equal(stored, vector);
            }
            return;
        }

        var index = (IVectorIndex)opened;
        Assert.Equal((kind.Shape.Metric, kind.Shape.Dimension), (index.Metric, index.Dimension));
        Assert.Equal(Enumerable.Range(0, kind.Shape.Count).Where(FileShape.Has).Select(i => FileShape.Id(i)), index.ListIds());
        foreach (var query in new RandomVectors(78).Clustered(20, kind.Shape.Dimension, clusters: 6))
        {
            var (expected, found) = (Search(oracle, query), Search(index, query));
            // Codes alone estimate; everything else is exact once it looks at everything.
            if (name == "codes") Assert.InRange(found.IntersectBy(expected.Select(result => result.Id), result => result.Id).Count(), 8, 10);
            else Assert.Equal(expected.Select(result => (result.Id, MathF.Round(result.Score, 4))), found.Select(result => (result.Id, MathF.Round(result.Score, 4))));
        }
        // Written by the program of today it is the same file: nothing is lost on the way.
        using var again = new MemoryStream();
        index.Save(again);
        Assert.Equal(bytes, again.ToArray());
    }

    /// <summary>Writes the files of today's versions that are not there yet, into the source: <c>dotnet run --project tests/Search.Ann.Indexes.Tests -- -explicit only -class "*KeptFileTests"</c>.</summary>
    [Fact(Explicit = true)]
    public void Write()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Search.Ann.Indexes.Tests", "Files", "Kept");
        Directory.CreateDirectory(folder);
        foreach (var row in Kinds)
        {
            var kind = FileKind.Of(row.Data);
            var path = Path.Combine(folder, $"{kind.Name}-{kind.Version}.bin");
            if (!File.Exists(path)) File.WriteAllBytes(path, kind.Sample());
        }
    }

    private static ScoredId[] Search(IVectorIndex index, float[] query)
    {
        var results = new ScoredId[10];
        return results[..index.Search(query, 10, new SearchOptions { Effort = index.Count }, results, out _)];
    }
}
