namespace Search.Vectors.Files;

internal static class LittleEndian
{
    /// <summary>Values go to files as they lie in memory; a big-endian machine would write files that no other reads.</summary>
    public static void Require()
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Vector files are little-endian, and so must the machine be.");
    }
}
