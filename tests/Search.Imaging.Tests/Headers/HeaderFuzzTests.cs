using Search.Testing.Images;

namespace Search.Imaging.Tests.Headers;

public class HeaderFuzzTests
{
    [Fact]
    public void Probe_RandomlyDamagedHeaders_AnswersOrRejects()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        var seeds = HostileImages.All.Where(image => image.Bytes.Length is > 20 and < 20_000).ToArray();
        for (var i = 0; i < 5_000; i++)
        {
            var seed = seeds[random.Next(seeds.Length)];
            var bytes = seed.Bytes.AsSpan(0, random.Next(1, seed.Bytes.Length + 1)).ToArray();
            for (var damage = random.Next(8); damage > 0; damage--)
                bytes[random.Next(Math.Min(bytes.Length, 120))] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
            try
            {
                var info = ImageDecoder.Probe(bytes);
                Assert.True(info.Width > 0 && info.Height > 0 && info.Orientation is >= 1 and <= 8);
            }
            catch (Exception e) when (e is not ImageRejectedException)
            {
                Assert.Fail($"seed {Seed}, iteration {i}, from {seed.Name}: {e}");
            }
            catch (ImageRejectedException)
            {
                // The other right answer.
            }
        }
    }
}
