using Microsoft.Extensions.Configuration;

namespace Search.Hosting;

/// <summary>
/// The folder that holds everything a process must keep: setting <c>Data:Directory</c>, default <c>.run/data</c> below the current folder.
/// Services make their own sub-folder in it, named as they are; blobs are shared.
/// </summary>
public sealed class DataDirectory
{
    public DataDirectory(IConfiguration configuration)
    {
        Path = System.IO.Path.GetFullPath(configuration["Data:Directory"] ?? System.IO.Path.Combine(".run", "data"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>The service's own folder, made when missing.</summary>
    public string For(string service)
    {
        var folder = System.IO.Path.Combine(Path, service);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
