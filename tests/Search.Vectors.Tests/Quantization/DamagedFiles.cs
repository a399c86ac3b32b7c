namespace Search.Vectors.Tests.Quantization;

internal static class DamagedFiles
{
    /// <summary>Every flipped bit and every cut must be refused as invalid data, never end in another error or in a wrong quantiser.</summary>
    public static void AreRefused(byte[] file, Action<Stream> load)
    {
        var random = new Random(1);
        for (var position = 0; position < file.Length; position += 1 + file.Length / 300)
        {
            var damaged = file.ToArray();
            damaged[position] ^= (byte)(1 << random.Next(8));
            Assert.Throws<InvalidDataException>(() => load(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => load(new MemoryStream(file[..position])));
        }
    }
}
