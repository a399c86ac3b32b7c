using System.Buffers.Binary;
using System.Text;

namespace Search.MetricLearning.Native;

/// <summary>
/// The three dynamic-linking tables of a little-endian ELF64 file that say which versioned symbols it wants
/// (System V ABI; LSB Core, "Symbol Versioning"): .dynsym, .gnu.version and .gnu.version_r. Edits happen in place.
/// </summary>
internal sealed class ElfSharedObject
{
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint SymbolVersions = 0x6fffffff;
    private const int SymbolSize = 24;

    private readonly byte[] _bytes;
    private readonly List<VersionNeed> _needs = [];
    private int _symbols, _symbolCount, _strings, _versions;

    private ElfSharedObject(byte[] bytes) => _bytes = bytes;

    public readonly record struct VersionNeed(string Name, int Offset, ushort Index);

    public readonly record struct Symbol(string Name, int NameOffset, int VersionOffset);

    /// <exception cref="NativeLibraryException">Not an ELF64 shared object with symbol versions, or cut short.</exception>
    public static ElfSharedObject Parse(byte[] bytes)
    {
        var elf = new ElfSharedObject(bytes);
        try
        {
            elf.ReadSections();
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new NativeLibraryException("The shared library's tables are cut short or damaged.", e);
        }
        return elf;
    }

    public VersionNeed? FindVersionNeed(string name)
    {
        foreach (var need in _needs)
            if (need.Name == name)
                return need;
        return null;
    }

    public IReadOnlyList<Symbol> SymbolsOfVersion(ushort index)
    {
        var found = new List<Symbol>();
        for (var i = 0; i < _symbolCount; i++)
        {
            var versionOffset = _versions + 2 * i;
            if ((U16(versionOffset) & 0x7fff) != index) // the top bit only says "hidden"
                continue;
            var nameOffset = checked(_strings + (int)U32(_symbols + i * SymbolSize));
            found.Add(new Symbol(Text(nameOffset), nameOffset, versionOffset));
        }
        return found;
    }

    /// <summary>Renames an undefined symbol (to a shorter name) and binds it to another version.</summary>
    public void Redirect(Symbol symbol, string name, ushort version)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, symbol.Name.Length);
        Encoding.ASCII.GetBytes(name + '\0', _bytes.AsSpan(symbol.NameOffset));
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(symbol.VersionOffset), version);
    }

    /// <summary>Makes one demanded version a repeat of another: hash and name, keeping its own index and chain link.</summary>
    public void CopyVersion(VersionNeed from, VersionNeed to)
    {
        _bytes.AsSpan(from.Offset, 4).CopyTo(_bytes.AsSpan(to.Offset, 4));
        _bytes.AsSpan(from.Offset + 8, 4).CopyTo(_bytes.AsSpan(to.Offset + 8, 4));
    }

    private void ReadSections()
    {
        // Magic, 64-bit, little-endian.
        if (_bytes.Length < 64 || U32(0) != 0x464c457f || _bytes[4] != 2 || _bytes[5] != 1)
            throw new NativeLibraryException("Not a little-endian ELF64 file.");
        int table = Offset(0x28), entry = U16(0x3A), count = U16(0x3C);
        int needs = 0, needCount = 0;
        for (var i = 0; i < count; i++)
        {
            var header = checked(table + i * entry);
            switch (U32(header + 4))
            {
                case DynamicSymbols:
                    _symbols = Offset(header + 0x18);
                    _symbolCount = Offset(header + 0x20) / SymbolSize;
                    _strings = Offset(checked(table + (int)U32(header + 0x28) * entry) + 0x18);
                    break;
                case SymbolVersions:
                    _versions = Offset(header + 0x18);
                    break;
                case VersionNeeds:
                    needs = Offset(header + 0x18);
                    needCount = (int)U32(header + 0x2C);
                    break;
            }
        }
        if (_symbols == 0 || _versions == 0 || needs == 0)
            throw new NativeLibraryException("The shared library has no symbol versions.");
        ReadVersionNeeds(needs, needCount);
    }

    private void ReadVersionNeeds(int offset, int files)
    {
        for (var file = 0; file < files; file++)
        {
            var versions = U16(offset + 2);
            var version = checked(offset + (int)U32(offset + 8));
            for (var i = 0; i < versions; i++)
            {
                var name = Text(checked(_strings + (int)U32(version + 8)));
                _needs.Add(new VersionNeed(name, version, U16(version + 6)));
                version = checked(version + (int)U32(version + 12));
            }
            offset = checked(offset + (int)U32(offset + 12));
        }
    }

    private string Text(int offset)
    {
        var rest = _bytes.AsSpan(offset);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(offset));

    private uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));

    private int Offset(int offset) => checked((int)BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(offset)));
}
