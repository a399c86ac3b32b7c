namespace Search.Ann.Indexes.Statistics;

/// <summary>Bytes that the runtime's collections take, from their capacity and layout in .NET 10; a test holds the sums against the collector's.</summary>
internal static class MemorySize
{
    public static long Of<T>(T[] array)
        where T : unmanaged => (long)array.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    // An entry is hash, next, key and value, aligned to 8; and each has a bucket of 4 bytes.
    public static long Of<TValue>(Dictionary<long, TValue> dictionary) => dictionary.Capacity * 28L;

    public static long Of<TValue>(Dictionary<ulong, TValue> dictionary) => dictionary.Capacity * 28L;

    public static long Of(Stack<int> stack) => stack.Capacity * 4L;
}
