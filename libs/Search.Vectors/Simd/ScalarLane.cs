using System.Runtime.CompilerServices;

namespace Search.Vectors.Simd;

internal readonly struct ScalarLane : ILaneMath<float>
{
    public static int Count => 1;

    public static float Load(ref readonly float origin, nuint index) => Unsafe.Add(ref Unsafe.AsRef(in origin), index);

    public static void Store(float value, ref float origin, nuint index) => Unsafe.Add(ref origin, index) = value;

    public static float Broadcast(float value) => value;

    public static float MultiplyAdd(float a, float b, float c) => a * b + c;

    public static bool AnyAtLeast(float a, float b) => a >= b;
}
