using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Search.Ann.Indexes.Storage;

/// <summary>What the system is told about memory (Linux, <c>madvise</c>); nothing elsewhere. Being refused costs speed or memory, never an answer.</summary>
internal static partial class MemoryAdvice
{
    private const nuint HugePageBytes = 2 << 20;
    private const int Random = 1;
    private const int DontNeed = 4;
    private const int HugePage = 14;

    /// <summary>A wish for huge pages, where whole ones lie inside a block; to be made before they are first written.</summary>
    /// <param name="block">Pinned.</param>
    public static unsafe void AskForHugePages<T>(Span<T> block)
        where T : unmanaged => AskForHugePages((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(block)), (nuint)block.Length * (nuint)sizeof(T));

    /// <inheritdoc cref="AskForHugePages{T}"/>
    public static unsafe void AskForHugePages(byte* block, nuint length) => Advise(block, length, HugePageBytes, HugePage);

    /// <summary>Mapped pages are not needed for now: they leave this process's memory and come back from the file when they are read.</summary>
    public static unsafe void Release(byte* block, nuint length) => Advise(block, length, (nuint)Environment.SystemPageSize, DontNeed);

    /// <summary>Pages will be read here and there: reading one brings no neighbours.</summary>
    public static unsafe void ExpectRandomReads(byte* block, nuint length) => Advise(block, length, (nuint)Environment.SystemPageSize, Random);

    private static unsafe void Advise(byte* block, nuint length, nuint page, int advice)
    {
        if (!OperatingSystem.IsLinux()) return;
        var (start, end) = ((nuint)block, (nuint)block + length);
        var (first, last) = ((start + page - 1) / page * page, end / page * page);
        if (last > first) _ = Advise(first, last - first, advice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
