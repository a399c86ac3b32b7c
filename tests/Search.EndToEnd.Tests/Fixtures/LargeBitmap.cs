namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>A picture that is too large for a message. A bitmap is large without any encoder: its header, then pixels.</summary>
internal static class LargeBitmap
{
    public static byte[] OfNoise()
    {
        const int side = 400;
        var file = new byte[54 + (side * side * 3)];
        "BM"u8.CopyTo(file);
        BitConverter.TryWriteBytes(file.AsSpan(2), file.Length);
        BitConverter.TryWriteBytes(file.AsSpan(10), 54);
        BitConverter.TryWriteBytes(file.AsSpan(14), 40);
        BitConverter.TryWriteBytes(file.AsSpan(18), side);
        BitConverter.TryWriteBytes(file.AsSpan(22), side);
        BitConverter.TryWriteBytes(file.AsSpan(26), (short)1);
        BitConverter.TryWriteBytes(file.AsSpan(28), (short)24);
        for (var i = 54; i < file.Length; i++)
            file[i] = (byte)(i * 31 / 7);
        return file;
    }
}
