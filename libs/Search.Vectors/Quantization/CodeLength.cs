namespace Search.Vectors.Quantization;

internal static class CodeLength
{
    public static void Require(int length, int expected, string parameter)
    {
        if (length != expected) throw new ArgumentException($"A code of this quantiser takes {expected} elements; the span has {length}.", parameter);
    }
}
