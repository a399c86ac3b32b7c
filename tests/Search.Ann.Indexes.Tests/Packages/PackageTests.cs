using System.IO.Compression;
using System.Xml.Linq;
using Search.Testing;

namespace Search.Ann.Indexes.Tests.Packages;

public sealed class PackageTests(PackedLibraries packed) : IClassFixture<PackedLibraries>
{
    public static TheoryData<string> Projects => [.. PackedLibraries.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Readme_ItsProgram_BuildsOnThePackagesAloneAndPrintsWhatItSays(string project)
    {
        var name = Path.GetFileName(project);
        var folder = Directory.CreateDirectory(packed.Path($"use-{name}")).FullName;
        var example = ReadmeExample.In(project);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), example.Program);
        // Its own source and cache: no network, and no package of the same version from another build.
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="packed" value="{packed.Source}" /></packageSources></configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Use.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
                <RestorePackagesPath>{packed.Path("cache")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="{name}" Version="{Version}" /></ItemGroup>
            </Project>
            """);

        PackedLibraries.Run(folder, "build", "-o", "out", "--nologo", "-v", "quiet");
        var printed = PackedLibraries.Run(folder, Path.Combine(folder, "out", "Use.dll"));

        Assert.Equal(example.Output, printed.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("libs/Search.Vectors", new string[0])]
    [InlineData("services/ann/Search.Ann.Indexes", new[] { "Search.Vectors" })]
    public void Package_ItsDescription_IsWholeAndDependsOnNothingElse(string project, string[] dependencies)
    {
        var name = Path.GetFileName(project);
        using var package = ZipFile.OpenRead(Path.Combine(packed.Source, $"{name}.{Version}.nupkg"));
        using var stream = package.GetEntry($"{name}.nuspec")!.Open();
        var description = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        XElement? Part(string part) => description.Elements().SingleOrDefault(element => element.Name.LocalName == part);

        Assert.Equal("MIT", Part("license")?.Value);
        Assert.Equal("expression", Part("license")?.Attribute("type")?.Value);
        Assert.Equal("README.md", Part("readme")?.Value);
        Assert.True(Part("description")?.Value.Length > 40, "Too short to tell what it is.");
        Assert.NotEmpty(Part("tags")?.Value ?? "");
        var found = description.Descendants().Where(element => element.Name.LocalName == "dependency").ToList();
        Assert.Equal(dependencies, found.Select(dependency => dependency.Attribute("id")!.Value));
        Assert.All(found, dependency => Assert.Equal(Version, dependency.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Package_ItsFiles_AreOneLibraryForEverySystemWithDocumentationAndSymbols(string project)
    {
        var name = Path.GetFileName(project);
        using var package = ZipFile.OpenRead(Path.Combine(packed.Source, $"{name}.{Version}.nupkg"));
        using var symbols = ZipFile.OpenRead(Path.Combine(packed.Source, $"{name}.{Version}.snupkg"));

        string[] expected = ["README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"];
        // The rest is the container's own: the description, relations and types of its parts.
        Assert.Equal(expected, package.Entries.Select(entry => entry.FullName).Where(file => file.EndsWith(".md", StringComparison.Ordinal) || file.Split('/')[0] is not ("package" or "_rels") && file.Contains('/')).Order(StringComparer.Ordinal));
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{name}.pdb");
    }

    [Fact]
    public void Projects_AllOthers_AreNoPackages()
    {
        var all = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => file.Split(Path.DirectorySeparatorChar) is var parts && !parts.Contains("bin") && !parts.Contains("obj") && !parts.Contains("artifacts"));

        Assert.All(all, file => Assert.DoesNotContain("IsPackable", File.ReadAllText(file), StringComparison.Ordinal));
        var rule = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("IsPackable").ToList();
        Assert.Equal(["false", "true"], rule.Select(element => element.Value));
        Assert.Equal(PackedLibraries.Projects.Length, rule[1].Attribute("Condition")!.Value.Split("$(MSBuildProjectName)").Length - 1);
    }

    // One for both: Directory.Build.props.
    private static string Version { get; } = typeof(IVectorIndex).Assembly.GetName().Version!.ToString(3);
}
