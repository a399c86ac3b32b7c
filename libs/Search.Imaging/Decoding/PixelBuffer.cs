using System.Runtime.InteropServices;

namespace Search.Imaging;

/// <summary>
/// Pixels outside the garbage collector's heap: large, short-lived buffers would otherwise live on the large object
/// heap until a full collection. Zeroed, because a codec that leaves a damaged file's rows unwritten must not show
/// another sender's picture. A safe handle, so that a forgotten Dispose costs memory only until its finaliser.
/// </summary>
internal sealed unsafe class PixelBuffer : SafeHandle
{
    public PixelBuffer(int length)
        : base(0, ownsHandle: true)
    {
        Length = length;
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)length));
    }

    public int Length { get; }

    public override bool IsInvalid => handle == 0;

    public nint Address => handle;

    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new((void*)handle, Length);
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
