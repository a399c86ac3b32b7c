using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Search.Vectors.Files;

namespace Search.Ann.Local;

/// <summary>The append-only file of changes since the last snapshot. Used by one writer at a time.</summary>
internal sealed class Journal : IDisposable
{
    private const string Magic = "SEARCHJL";
    private const int Version = 1;

    private readonly SafeFileHandle _file;
    private readonly bool _flushToDisk;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private long _length;
    private bool _isBroken;

    private Journal(SafeFileHandle file, long length, bool flushToDisk)
    {
        _file = file;
        _length = length;
        _flushToDisk = flushToDisk;
    }

    /// <summary>Makes an empty journal. It appears with its head or not at all, so a head is never torn.</summary>
    public static void Create(string path, JournalHead head) => CollectionFolder.WriteAtomically(path, stream =>
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        head.WriteTo(writer);
    });

    public static JournalHead ReadHead(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        reader.ReadHead(Magic, Version);
        return JournalHead.Read(reader);
    }

    /// <summary>Replays the journal and opens it for appending; a torn tail is cut off.</summary>
    /// <param name="flushToDisk">Whether an append waits for the disk; otherwise for the operating system, which a crash of the process does not harm.</param>
    /// <exception cref="InvalidDataException">Damaged, or of another collection.</exception>
    public static Journal Open(string path, JournalHead expected, bool flushToDisk, Action<JournalRecord> apply)
    {
        var bytes = File.ReadAllBytes(path);
        using var stream = new MemoryStream(bytes);
        var head = ReadHead(stream);
        if (head != expected) throw new InvalidDataException($"'{path}' belongs to {head}, not to {expected}.");
        var headLength = (int)stream.Position;
        var end = headLength + JournalScan.Run(bytes.AsSpan(headLength), head.Dimension, apply);

        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        if (end < bytes.Length) RandomAccess.SetLength(file, end);
        return new Journal(file, end, flushToDisk);
    }

    /// <summary>When it returns, the records survive a crash. When it throws, none of them is there.</summary>
    public void Append(ReadOnlySpan<JournalRecord> records)
    {
        if (_isBroken) throw new IOException("An earlier write to the journal failed and could not be undone; restart the service when the disk is well.");
        _buffer.ResetWrittenCount();
        foreach (var record in records)
            AppendFrame(record);
        try
        {
            RandomAccess.Write(_file, _buffer.WrittenSpan, _length);
            if (_flushToDisk) RandomAccess.FlushToDisk(_file);
            _length += _buffer.WrittenCount;
        }
        catch
        {
            // Half a batch must not stay: the next one would follow it and be lost behind it.
            _isBroken = true;
            RandomAccess.SetLength(_file, _length);
            _isBroken = false;
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private void AppendFrame(JournalRecord record)
    {
        var start = _buffer.WrittenCount;
        _buffer.GetSpan(JournalScan.FrameOverhead)[..JournalScan.FrameOverhead].Clear();
        _buffer.Advance(JournalScan.FrameOverhead);
        record.WriteTo(_buffer);
        var frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory[start..]).Span;
        var payload = frame[JournalScan.FrameOverhead..];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[sizeof(uint)..], Crc32C.Of(payload));
    }
}
