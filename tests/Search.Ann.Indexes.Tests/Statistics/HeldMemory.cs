using System.Reflection;
using System.Runtime.CompilerServices;

namespace Search.Ann.Indexes.Tests.Statistics;

/// <summary>The arrays that an object holds, directly or through others: the slow twin of what an index says of its memory. The collector's own count would see other tests.</summary>
internal static class HeldMemory
{
    public static long ArraysOf(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object>([root]);
        long bytes = 0;
        while (waiting.TryPop(out var held))
        {
            // Code and types belong to the process.
            if (held is Delegate or MemberInfo or string || !seen.Add(held)) continue;
            if (held is Array array)
            {
                var element = array.GetType().GetElementType()!;
                bytes += array.LongLength * SizeOf(element);
                if (!element.IsPrimitive && HoldsReferences(element))
                {
                    foreach (var item in array)
                        if (item is not null) waiting.Push(item);
                }
                continue;
            }
            for (var type = held.GetType(); type is not null; type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (!field.FieldType.IsPrimitive && !field.FieldType.IsPointer && field.GetValue(held) is { } value) waiting.Push(value);
                }
            }
        }
        return bytes;
    }

    private static bool HoldsReferences(Type type) => (bool)typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
