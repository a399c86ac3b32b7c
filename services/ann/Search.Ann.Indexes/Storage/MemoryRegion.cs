using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Search.Ann.Indexes.Storage;

/// <summary>
/// Memory at a fixed address outside the collector's heap: allocated, in huge pages where the system has them, or a file mapped for reading. It is released by
/// <see cref="Dispose"/> or, when nothing refers to it any more, by the collector; so whoever reads through the address keeps the region reachable to the last read.
/// </summary>
internal sealed unsafe class MemoryRegion : IDisposable
{
    // Where a huge page can start, so that a block has as many of them as fit.
    private const nuint HugePageBytes = 2 << 20;
    private const nuint LineBytes = 64;

    private readonly SafeHandle _memory;
    private readonly MemoryMappedFile? _file;

    private MemoryRegion(SafeHandle memory, long length, MemoryMappedFile? file)
    {
        _memory = memory;
        _file = file;
        Start = (byte*)memory.DangerousGetHandle();
        Length = length;
    }

    public byte* Start { get; }

    public long Length { get; }

    public bool IsMapped => _file is not null;

    /// <summary>Not zeroed.</summary>
    public static MemoryRegion Allocate(long length)
    {
        var block = new Block((nuint)Math.Max(1, length), (nuint)length >= HugePageBytes ? HugePageBytes : LineBytes);
        MemoryAdvice.AskForHugePages((byte*)block.DangerousGetHandle(), (nuint)length);
        return new MemoryRegion(block, length, file: null);
    }

    /// <summary>Reads nothing yet: the system brings each page when it is first touched, and may take it back.</summary>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static MemoryRegion Map(string path)
    {
        // Deleting it meanwhile is allowed: the mapping keeps the contents.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (stream.Length == 0) throw new InvalidDataException($"'{path}' is empty.");
        var length = stream.Length;
        var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        // The handle outlives the accessor that made it: it is what this region holds on to.
        var view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        return new MemoryRegion(view.SafeMemoryMappedViewHandle, length, file);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _file?.Dispose();
    }

    private sealed class Block : SafeHandle
    {
        private readonly long _length;

        public Block(nuint length, nuint alignment)
            : base(invalidHandleValue: 0, ownsHandle: true)
        {
            SetHandle((nint)NativeMemory.AlignedAlloc(length, alignment));
            _length = (long)length;
            GC.AddMemoryPressure(_length);
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            GC.RemoveMemoryPressure(_length);
            return true;
        }
    }
}
