using System.Buffers;

namespace Search.Indexing.Import;

/// <summary>One line of an import.</summary>
/// <param name="Number">Counted from 1, blank lines included, as editors do.</param>
/// <param name="Bytes">Without its end; valid until the next line is asked for. Empty when the line was too long.</param>
internal readonly record struct Line(int Number, ReadOnlyMemory<byte> Bytes, bool TooLong);

/// <summary>
/// Splits a stream into lines with memory for one line. A line over the limit is skipped, not kept, and the lines after it are read as usual.
/// </summary>
internal sealed class LineReader(Stream stream, int maxLineBytes) : IDisposable
{
    private const int FirstBuffer = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, maxLineBytes + 1));
    private int _start;
    private int _end;
    private bool _ended;
    private int _number;

    /// <returns>The next line that is not blank, or null at the end.</returns>
    internal async ValueTask<Line?> NextAsync(CancellationToken cancellation)
    {
        while (await NextLineAsync(cancellation) is { } line)
        {
            if (line.TooLong || !IsBlank(line.Bytes.Span))
                return line;
        }
        return null;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private async ValueTask<Line?> NextLineAsync(CancellationToken cancellation)
    {
        var scanned = 0;
        var tooLong = false;
        while (true)
        {
            var end = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (end >= 0 || (_ended && (_end > _start || tooLong)))
            {
                var length = end >= 0 ? scanned + end : _end - _start;
                var bytes = _buffer.AsMemory(_start, length);
                _start += end >= 0 ? length + 1 : length;
                _number++;
                tooLong |= length > maxLineBytes;
                return new Line(_number, tooLong ? default : bytes, tooLong);
            }
            if (_ended)
                return null;
            scanned = _end - _start;
            if (scanned > maxLineBytes)
            {
                tooLong = true;
                (_start, _end, scanned) = (0, 0, 0);
            }
            await FillAsync(cancellation);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Grow();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        _ended = read == 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_buffer.Length * 2L, Math.Max(maxLineBytes + 1L, _buffer.Length + 1L)));
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
