namespace Search.Architecture.Tests;

/// <summary>Dependencies point down only. The picture is in docs/architecture.md; change it and this table together.</summary>
public sealed class DependencyRuleTests
{
    /// <summary>What each production project may reference. A project that is not listed may not exist.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Search.Contracts"] = [],
        ["Search.Vectors"] = [],
        ["Search.Imaging"] = [],
        ["Search.Models"] = ["Search.Contracts"],
        ["Search.Evaluation"] = ["Search.Vectors"],
        ["Search.Hosting"] = ["Search.Contracts"],
        ["Search.Registry"] = ["Search.Contracts", "Search.Hosting", "Search.Models"],
        ["Search.Ann.Indexes"] = ["Search.Vectors"],
        ["Search.MetricLearning"] = ["Search.Vectors", "Search.Imaging", "Search.Evaluation"],
        // Not a service of another folder but its library, which is pure: offline mining asks the indexes that serve searches.
        ["Search.Trainer"] = ["Search.MetricLearning", "Search.Ann.Indexes", "Search.Evaluation", "Search.Imaging", "Search.Models", "Search.Vectors", "Search.Contracts"],
        ["Search.Gateway"] = ["Search.Contracts", "Search.Hosting", "Search.Imaging", "Search.Vectors"],
        ["Search.Indexing"] = ["Search.Contracts", "Search.Hosting", "Search.Imaging"],
        ["Search.Embedding"] = ["Search.Contracts", "Search.Hosting", "Search.Imaging", "Search.Models", "Search.Registry", "Search.Vectors"],
        ["Search.Ann"] = ["Search.Contracts", "Search.Hosting", "Search.Vectors", "Search.Evaluation", "Search.Ann.Indexes"],
        ["Search.Rerank"] = ["Search.Contracts", "Search.Hosting"],
        // Without torch: jobs run in processes of the trainer, so that its half gigabyte and its memory never come into a service.
        ["Search.TrainingJobs"] = ["Search.Contracts", "Search.Hosting", "Search.Models", "Search.Registry"],
        ["Search.Standalone"] = ["Search.Gateway", "Search.Indexing", "Search.Embedding", "Search.Ann", "Search.Rerank", "Search.TrainingJobs", "Search.Hosting"],
        ["Search.Cli"] = ["Search.Contracts", "Search.Evaluation"],
        ["Search.JewelryRenderer"] = [],
    };

    private static readonly string[] Pure = ["Search.Vectors", "Search.Ann.Indexes", "Search.Evaluation", "Search.MetricLearning", "Search.Imaging", "Search.Contracts", "Search.Models"];

    private static IEnumerable<ProjectFile> Production => ProjectFile.All.Where(p => !p.Folder.StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void EveryProductionProject_ReferencesOnlyWhatTheTableAllows()
    {
        var forbidden = Production.SelectMany(p => p.Projects
            .Where(r => !Allowed.TryGetValue(p.Name, out var allowed) || !allowed.Contains(r))
            .Select(r => $"{p.Name} → {r}"));

        Assert.Empty(forbidden);
        Assert.Empty(Production.Select(p => p.Name).Except(Allowed.Keys));
    }

    [Fact]
    public void PureLibraries_NeverSeeAspNetTheBusOrConfiguration()
    {
        var seen = Pure.Select(ProjectFile.Named).SelectMany(p => p.Reaches().Select(ProjectFile.Named).Append(p).SelectMany(reached =>
            reached.Packages.Concat(reached.Frameworks)
                .Where(x => x.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || x.StartsWith("MassTransit", StringComparison.Ordinal) || x.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal))
                .Select(x => $"{p.Name} sees {x} through {reached.Name}")));

        Assert.Empty(seen);
    }

    [Fact]
    public void MassTransit_IsReferencedByHostingAlone() =>
        Assert.Equal(["Search.Hosting"], Production.Where(p => p.Packages.Any(x => x.StartsWith("MassTransit", StringComparison.Ordinal))).Select(p => p.Name));

    [Fact]
    public void TorchSharp_WhichIsHalfAGigabyte_IsReachedOnlyByTheTrainer() =>
        Assert.Equal(["Search.MetricLearning", "Search.Trainer"], Production
            .Where(p => p.Reaches().Append(p.Name).Select(ProjectFile.Named).Any(r => r.Packages.Contains("TorchSharp")))
            .Select(p => p.Name));

    [Fact]
    public void EveryProductionProject_HasATestProjectOfItsName_OrIsAHost()
    {
        string[] hosts = ["Search.Standalone"];
        var missing = Production.Select(p => p.Name).Except(hosts).Where(name => ProjectFile.All.All(p => p.Name != name + ".Tests"));

        Assert.Empty(missing);
    }

    [Fact]
    public void NoProjectFile_NamesAVersion_SinceVersionsAreCentral()
    {
        var offenders = ProjectFile.All.Where(p => File.ReadAllText(Path.Combine(Testing.Repository.Root, p.Folder, p.Name + ".csproj")).Contains(" Version=", StringComparison.Ordinal));

        Assert.Empty(offenders.Select(p => p.Name));
    }
}
