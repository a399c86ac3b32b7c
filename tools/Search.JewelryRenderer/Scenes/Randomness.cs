namespace Search.JewelryRenderer.Scenes;

/// <summary>SplitMix64 (Steele et al. 2014): one stream a design, the same on every machine and runtime.</summary>
internal sealed class Randomness(ulong seed)
{
    private ulong _state = seed * 0xD1342543DE82EF95UL + 0x2545F4914F6CDD1DUL;

    /// <summary>Uniform in [0, 1).</summary>
    public float Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        z ^= z >> 31;
        return (z >> 40) * (1f / 16777216f);
    }

    public float Between(float low, float high) => low + (high - low) * Next();

    public int Below(int count) => Math.Min(count - 1, (int)(Next() * count));

    public int Whole(int low, int high) => low + Below(high - low + 1);

    public bool Chance(float p) => Next() < p;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
