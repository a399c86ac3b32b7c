namespace Search.Indexing.Reconciliation;

/// <summary>How many pictures a second came into each model's collection over the last minute. Safe for concurrent use.</summary>
internal sealed class FillingRates(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<(long At, long Indexed)>> _samples = [];

    /// <param name="indexed">Pictures in the model's collection now.</param>
    internal void Sample(string model, long indexed)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!_samples.TryGetValue(model, out var samples))
                _samples.Add(model, samples = []);
            while (samples.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, now) > Window)
                samples.Dequeue();
            samples.Enqueue((now, indexed));
        }
    }

    /// <param name="indexed">Pictures in the model's collection now.</param>
    /// <returns>Null when nothing has come in, or nobody has looked for a minute.</returns>
    internal double? PerSecond(string model, long indexed)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!_samples.TryGetValue(model, out var samples) || !samples.TryPeek(out var oldest))
                return null;
            var elapsed = time.GetElapsedTime(oldest.At, now);
            return elapsed > TimeSpan.Zero && elapsed <= 2 * Window && indexed > oldest.Indexed ? (indexed - oldest.Indexed) / elapsed.TotalSeconds : null;
        }
    }
}
