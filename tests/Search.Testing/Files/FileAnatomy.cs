using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Search.Vectors.Files;

namespace Search.Testing.Files;

/// <summary>
/// Which section of a file each of its bytes belongs to, found out by damaging one after the other and listening to what its reader says. What names no section, the magic and the version, counts as
/// the head.
/// </summary>
public sealed partial class FileAnatomy
{
    public const string Head = "head";

    private const int MagicAndVersion = 12;

    private readonly byte[] _file;

    private FileAnatomy(byte[] file, IReadOnlyList<FileSection> sections) => (_file, Sections) = (file, sections);

    /// <summary>In order, without gaps.</summary>
    public IReadOnlyList<FileSection> Sections { get; }

    /// <param name="read">Reads a file; throws <see cref="InvalidDataException"/> at a damaged one.</param>
    /// <param name="step">Looks at every so many bytes; at most as many as the shortest section has.</param>
    public static FileAnatomy Of(byte[] file, Action<byte[]> read, int step = 1)
    {
        ArgumentNullException.ThrowIfNull(file);
        var sections = new List<FileSection>();
        var (start, name) = (0, NameAt(file, 0, read));
        for (var at = 0; at < file.Length; at = Math.Min(at + step, file.Length))
        {
            var next = NameAt(file, at, read);
            if (next == name) continue;
            var first = at;
            while (first > start && NameAt(file, first - 1, read) == next)
                first--;
            sections.Add(new FileSection(name, start, first));
            (start, name) = (first, next);
        }
        sections.Add(new FileSection(name, start, file.Length));
        return new FileAnatomy(file, sections);
    }

    public FileSection SectionAt(int at) => Sections.First(section => at < section.End);

    /// <summary>The section that an error is about.</summary>
    public static string NameIn(InvalidDataException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Name().Match(error.Message) is { Success: true } match ? match.Groups[1].Value : Head;
    }

    /// <summary>The file with other bytes at one place and, where sections end in their checksum, the one that fits: made on purpose instead of damaged.</summary>
    public byte[] Forged(int at, ReadOnlySpan<byte> bytes)
    {
        var forged = _file.ToArray();
        var section = SectionAt(at);
        // Magic and version are under the checksum of the section behind them.
        var before = Sections.LastOrDefault(other => other.End == section.Start);
        var start = before is { Name: Head } && before.End - before.Start == MagicAndVersion ? before.Start : section.Start;
        var end = section.End - sizeof(uint);
        bytes[..Math.Clamp(end - at, 0, bytes.Length)].CopyTo(forged.AsSpan(at));
        BinaryPrimitives.WriteUInt32LittleEndian(forged.AsSpan(end), Crc32C.Of(forged.AsSpan(start, end - start)));
        return forged;
    }

    private static string NameAt(byte[] file, int at, Action<byte[]> read)
    {
        file[at] ^= 1;
        try
        {
            read(file);
        }
        catch (InvalidDataException e)
        {
            return NameIn(e);
        }
        finally
        {
            file[at] ^= 1;
        }
        throw new InvalidOperationException($"A flipped bit at byte {at} of {file.Length} was not noticed.");
    }

    [GeneratedRegex("section '([^']*)'")]
    private static partial Regex Name();
}

/// <param name="Start">Its first byte.</param>
/// <param name="End">The first byte behind it.</param>
public sealed record FileSection(string Name, int Start, int End);
