namespace Search.Cli.Importing;

/// <summary>One item to import from a folder of pictures.</summary>
/// <param name="Path">Its picture, relative to the folder, with forward slashes.</param>
internal sealed record ImportItem(string Id, string Title, string Category, IReadOnlyDictionary<string, object> Attributes, string Path);
