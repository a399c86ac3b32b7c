using Search.Testing;

namespace Search.Ann.Indexes.Tests.Packages;

/// <summary>The program in a package's README, and what the README says it prints.</summary>
internal sealed record ReadmeExample(string Program, string Output)
{
    public static ReadmeExample In(string project)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, project, "README.md")).ReplaceLineEndings("\n");
        return new ReadmeExample(Block(readme, "csharp"), Block(readme, "text"));
    }

    private static string Block(string readme, string language)
    {
        var opening = $"```{language}\n";
        var start = readme.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
