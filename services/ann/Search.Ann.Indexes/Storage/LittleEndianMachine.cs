namespace Search.Ann.Indexes.Storage;

internal static class LittleEndianMachine
{
    /// <summary>Mapped values are used as they lie in the file.</summary>
    public static void Require()
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Index files are little-endian, and so must the machine be.");
    }
}
