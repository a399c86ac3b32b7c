using System.Xml.Linq;
using Search.Testing;

namespace Search.Architecture.Tests;

/// <summary>What one project file says.</summary>
internal sealed record ProjectFile(string Name, string Folder, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks, string Sdk)
{
    internal static IReadOnlyList<ProjectFile> All { get; } =
    [
        .. new[] { "libs", "services", "tools", "tests" }
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(Repository.Root, top), "*.csproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    internal static ProjectFile Named(string name) => All.Single(p => p.Name == name);

    /// <summary>Every project reached by references, this one not included.</summary>
    internal IReadOnlySet<string> Reaches()
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>(Projects);
        while (waiting.TryPop(out var name))
        {
            if (reached.Add(name))
            {
                foreach (var next in Named(name).Projects)
                    waiting.Push(next);
            }
        }
        return reached;
    }

    private static ProjectFile Read(string path)
    {
        var xml = XDocument.Load(path).Root!;
        IReadOnlyList<string> Includes(string element) => [.. xml.Descendants(element).Select(e => (string)e.Attribute("Include")!)];
        return new ProjectFile(
            Path.GetFileNameWithoutExtension(path),
            Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(path)!).Replace('\\', '/'),
            [.. Includes("ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/')))],
            Includes("PackageReference"),
            Includes("FrameworkReference"),
            (string?)xml.Attribute("Sdk") ?? "");
    }
}
