using System.Globalization;
using Search.Contracts;

namespace Search.Ann.Local;

/// <summary>
/// The files of one collection. Its state is the snapshot of the highest generation, the segments that it names, and the journal of the same generation; before the first
/// snapshot it is the journal of generation 0. Everything else is left over from a crash and is deleted when the folder is opened.
/// </summary>
/// <remarks>
/// A snapshot of generation g+1 comes into being in this order: journal g+1, empty; snapshot g+1 under a temporary name, flushed to disk; the rename,
/// from which moment g+1 is the state; deletion of g. Segments are written, in the same way, before the snapshot that names them, and deleted after the first that does not.
/// </remarks>
internal sealed class CollectionFolder : IDisposable
{
    private const string Temporary = ".tmp";
    private readonly FileStream _lock;
    private int _segments;

    private CollectionFolder(string path, FileStream exclusive)
    {
        Path = path;
        _lock = exclusive;
    }

    public string Path { get; }

    /// <summary>A model id has only characters that file systems take, and starts with a letter or a digit.</summary>
    public static string For(string root, EmbeddingModelId model) => System.IO.Path.Combine(root, model.Value);

    /// <exception cref="IOException">Another process has the collection open.</exception>
    public static CollectionFolder Open(string path)
    {
        Directory.CreateDirectory(path);
        var folder = new CollectionFolder(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        folder.DeleteLeftovers();
        return folder;
    }

    /// <summary>The generation whose files are the state.</summary>
    public int Generation => Directory.EnumerateFiles(Path, "*.snapshot").Select(GenerationOf).DefaultIfEmpty(0).Max();

    // Asked whether it exists, a file keeps its length, should it go before that is read; and so may the folder go.
    public long Bytes
    {
        get
        {
            try
            {
                return new DirectoryInfo(Path).EnumerateFiles().Where(file => file.Exists).Sum(file => file.Length);
            }
            catch (DirectoryNotFoundException)
            {
                return 0;
            }
        }
    }

    public string Snapshot(int generation) => File(generation, "snapshot");

    public string Journal(int generation) => File(generation, "journal");

    public string Efforts => System.IO.Path.Combine(Path, "efforts");

    public string Segment(int number) => File(number, "segment");

    /// <summary>A number that no segment's file has. For the keeper alone.</summary>
    public int TakeSegmentNumber() => ++_segments;

    /// <summary>Deletes what no snapshot names: made before a crash, whose writes the journal still has.</summary>
    public void KeepSegments(IReadOnlyCollection<int> named)
    {
        foreach (var file in Directory.EnumerateFiles(Path, "*.segment"))
        {
            if (!named.Contains(GenerationOf(file))) System.IO.File.Delete(file);
        }
        _segments = named.DefaultIfEmpty(0).Max();
    }

    /// <summary>Deletes a segment that searches may still be reading. Where the system does not allow that, the next start does it.</summary>
    public void DeleteSegment(int number)
    {
        try
        {
            System.IO.File.Delete(Segment(number));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left over.
        }
    }

    /// <summary>Writes a file that is there entirely or not at all, whenever the machine stops.</summary>
    public static void WriteAtomically(string path, Action<Stream> write)
    {
        using (var stream = new FileStream(path + Temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        System.IO.File.Move(path + Temporary, path, overwrite: true);
    }

    /// <summary>Deletes the snapshots and journals before the current generation.</summary>
    public void DeleteEarlier()
    {
        var current = Generation;
        Delete((extension, file) => extension is ".snapshot" or ".journal" && GenerationOf(file) < current);
    }

    // Only while nobody else writes here: a temporary name is also that of a file being written.
    private void DeleteLeftovers()
    {
        var current = Generation;
        Delete((extension, file) => extension == Temporary || extension is ".snapshot" or ".journal" && GenerationOf(file) != current);
    }

    private void Delete(Func<string, string, bool> isDue)
    {
        foreach (var file in Directory.EnumerateFiles(Path))
        {
            if (isDue(System.IO.Path.GetExtension(file), file)) System.IO.File.Delete(file);
        }
    }

    public void Dispose() => _lock.Dispose();

    private string File(int generation, string kind) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"{generation:D8}.{kind}"));

    private static int GenerationOf(string file) =>
        int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : throw new InvalidDataException($"'{file}' is no file of a collection.");
}
