using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Search.Ann.Indexes.Storage;

/// <summary>Transparent huge pages where the system leaves them to the program (Linux, <c>madvise</c>); nothing elsewhere.</summary>
internal static partial class HugePages
{
    private const nuint PageBytes = 2 << 20;
    private const int HugePage = 14;

    /// <summary>A wish for the whole huge pages inside a block, to be made before they are first written; being refused costs speed alone.</summary>
    /// <param name="block">Pinned.</param>
    public static unsafe void Ask<T>(Span<T> block)
        where T : unmanaged
    {
        if (!OperatingSystem.IsLinux() || block.Length == 0) return;
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(block));
        var end = start + (nuint)block.Length * (nuint)sizeof(T);
        var (first, last) = ((start + PageBytes - 1) / PageBytes * PageBytes, end / PageBytes * PageBytes);
        if (last > first) _ = Advise(first, last - first, HugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
