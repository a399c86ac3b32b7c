using System.Text;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Storage.Sections;

/// <summary>
/// A file of sections in memory, mapped or read. Head and table are checked here; a section is checked when whoever reads it asks for that, since checking reads all of
/// it. Every failure is an <see cref="InvalidDataException"/> that names the section.
/// </summary>
internal sealed class SectionFile
{
    private readonly MemoryRegion _region;
    private readonly string _magic;
    private readonly Dictionary<string, Section> _sections = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">Not a file of this kind and version, or one whose head or table is damaged.</exception>
    /// <param name="newest">The newest version that can be read.</param>
    /// <param name="oldest">The oldest; 0 where it is the newest, too.</param>
    public SectionFile(MemoryRegion region, string magic, int newest, int oldest = 0)
    {
        LittleEndianMachine.Require();
        _region = region;
        _magic = magic;
        var bytes = new RegionSlice<byte>(region, 0, region.Length);
        Require(region.Length >= SectionLayout.HeadBytes, "head", "the file ends in it");
        var head = bytes.Span(0, SectionLayout.HeadBytes);
        if (!head.StartsWith(Encoding.ASCII.GetBytes(magic))) throw new InvalidDataException($"Not a {magic} file: it starts with other bytes.");
        var (found, count, length) = SectionLayout.ReadHead(head);
        if (found > newest || found < (oldest == 0 ? newest : oldest)) throw new InvalidDataException($"A {magic} file of version {found}; this program reads versions 1 to {newest}.");
        Version = found;
        Require(count is >= 0 and <= SectionLayout.MostSections && length == region.Length && SectionLayout.TableBytes(count) <= length, "head", "a count is out of range or the file is cut off");
        var table = bytes.Span(0, SectionLayout.TableBytes(count));
        Require(SectionLayout.IsIntact(table), "head", "its checksum does not match");

        var end = (long)table.Length;
        for (var i = 0; i < count; i++)
        {
            var section = SectionLayout.ReadEntry(table.Slice(SectionLayout.TableBytes(i), SectionLayout.EntryBytes));
            Require(section.Offset == SectionLayout.PageAfter(end) && section.Length >= 0 && section.Length <= length - section.Offset, "head", "a section lies outside the file");
            Require(bytes.Span(end, (int)(section.Offset - end)).IndexOfAnyExcept((byte)0) < 0, section.Name, "there is something in the gap before it");
            Require(_sections.TryAdd(section.Name, section), "head", "two sections have one name");
            end = section.Offset + section.Length;
        }
        Require(end == length, "head", "there is something behind the last section");
    }

    public int Version { get; }

    /// <summary>The section's values, not proven yet.</summary>
    public RegionSlice<T> Values<T>(string name)
        where T : unmanaged
    {
        var section = Find(name);
        var size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        Require(section.Length % size == 0, name, "it ends inside a value");
        return new RegionSlice<T>(_region, section.Offset, section.Length / size);
    }

    /// <summary>The section's values once they are known to be what was written.</summary>
    public RegionSlice<T> Checked<T>(string name)
        where T : unmanaged
    {
        Check(name);
        return Values<T>(name);
    }

    /// <summary>Reads the whole section.</summary>
    /// <param name="copyTo">Where it goes at the same time, where it is wanted elsewhere: one pass for both, and what is used is what was checked.</param>
    public void Check(string name, RegionSlice<byte>? copyTo = null)
    {
        const int piece = 1 << 20;
        var section = Find(name);
        var bytes = new RegionSlice<byte>(_region, section.Offset, section.Length);
        var checksum = Crc32C.Empty;
        for (long at = 0; at < section.Length; at += piece)
        {
            var part = bytes.Span(at, (int)Math.Min(piece, section.Length - at));
            if (copyTo is { } copy)
            {
                part.CopyTo(copy.Span(at, part.Length));
                part = copy.Span(at, part.Length);
            }
            checksum = Crc32C.Append(checksum, part);
        }
        Require(checksum == section.Checksum, name, "its checksum does not match");
        GC.KeepAlive(_region);
    }

    /// <summary>Refuses the file unless <paramref name="condition"/> holds.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public void Require(bool condition, string section, string otherwise)
    {
        if (!condition) throw Damaged(section, otherwise);
    }

    public InvalidDataException Damaged(string section, string why) => new($"The {_magic} file's section '{section}' is damaged: {why}.");

    private Section Find(string name) => _sections.TryGetValue(name, out var section) ? section : throw Damaged(name, "it is missing");
}
