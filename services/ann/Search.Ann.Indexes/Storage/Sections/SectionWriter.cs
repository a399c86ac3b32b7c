using System.Text;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Storage.Sections;

/// <summary>
/// Writes a file of sections to any stream, front to back. The table comes first and holds checksums of what follows, so each section is written twice: once to be summed, once to the
/// stream. What writes it must write the same both times.
/// </summary>
internal sealed class SectionWriter(string magic, int version)
{
    private static readonly byte[] _zeros = new byte[SectionLayout.PageBytes];
    private readonly List<(string Name, Action<Stream> Write)> _sections = [];

    public void Add(string name, Action<Stream> write) => _sections.Add((name, write));

    public void Add<T>(string name, RegionSlice<T> values)
        where T : unmanaged => Add(name, stream => WriteAll(stream, values));

    public void WriteTo(Stream stream)
    {
        var table = new List<Section>();
        var offset = (long)SectionLayout.TableBytes(_sections.Count);
        foreach (var (name, write) in _sections)
        {
            var sum = new ChecksumStream(Stream.Null);
            write(sum);
            offset = SectionLayout.PageAfter(offset);
            table.Add(new Section(name, offset, sum.Length, sum.Checksum));
            offset += sum.Length;
        }

        var head = SectionLayout.Write(Encoding.ASCII.GetBytes(magic), version, table);
        stream.Write(head);
        var written = (long)head.Length;
        for (var i = 0; i < table.Count; i++)
        {
            stream.Write(_zeros.AsSpan(0, (int)(table[i].Offset - written)));
            var sum = new ChecksumStream(stream);
            _sections[i].Write(sum);
            if (sum.Checksum != table[i].Checksum) throw new InvalidOperationException($"Section '{table[i].Name}' was written differently the second time.");
            written = table[i].Offset + table[i].Length;
        }
    }

    private static void WriteAll<T>(Stream stream, RegionSlice<T> values)
        where T : unmanaged
    {
        const int piece = 1 << 20;
        for (long at = 0; at < values.Count; at += piece)
            stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.Span(at, (int)Math.Min(piece, values.Count - at))));
    }

    private sealed class ChecksumStream(Stream inner) : Stream
    {
        private long _length;

        public uint Checksum { get; private set; } = Crc32C.Empty;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Checksum = Crc32C.Append(Checksum, buffer);
            _length += buffer.Length;
            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
