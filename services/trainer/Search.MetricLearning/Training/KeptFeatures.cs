using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>
/// Output of the frozen blocks for several views of every photo, as float16: half the memory, and rounding by 1/2000
/// is far below what augmentation does.
/// </summary>
internal sealed class KeptFeatures : IDisposable
{
    private readonly Tensor _features;
    private readonly int _views;
    private readonly bool _paired;

    private KeptFeatures(Tensor features, int views, bool paired)
    {
        _features = features;
        _views = views;
        _paired = paired;
    }

    /// <param name="paired">Whether first and second views differ in kind; the number of views is even then.</param>
    public static KeptFeatures Compute(
        MobileNetV2 network, int frozenBlocks, ViewLoader loader, int photos, int views, bool paired, int side, StageClock clock)
    {
        const int batch = 32;
        using var gradientsOff = no_grad();
        // Photo i's view v is row i * views + v; first views are those of even number, as they are in a batch.
        var rows = photos * views;
        Tensor? features = null;
        var steps = (rows + batch - 1) / batch;
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            int first = step * batch, count = Math.Min(batch, rows - first);
            var input = loader.Augmented([.. Enumerable.Range(first, count).Select(row => row / views)], side, round: step);
            var output = network.Range(input, 0, frozenBlocks);
            features ??= empty([rows, .. output.shape[1..]], dtype: ScalarType.Float16).DetachFromDisposeScope();
            features.narrow(0, first, count).copy_(output.contiguous());
            clock.Report(step + 1, count, loss: null);
        }
        return new KeptFeatures(features ?? throw new ArgumentOutOfRangeException(nameof(photos), photos, "There are no photos."), views, paired);
    }

    /// <summary>One view of each photo, [N, C, h, w], channels last; a photo that comes twice in a row gives two different views.</summary>
    public Tensor Draw(IReadOnlyList<int> photos, Random random)
    {
        var rows = new long[photos.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = photos[i] * _views + (_paired ? 2 * random.Next(_views / 2) + i % 2 : random.Next(_views));
            if (i > 0 && rows[i] == rows[i - 1])
                rows[i] = photos[i] * _views + (rows[i] + 1) % _views;
        }
        return Rows(rows);
    }

    /// <summary>Draws as <see cref="Draw"/> does and leaves the result.</summary>
    public void Skip(IReadOnlyList<int> photos, Random random)
    {
        for (var i = 0; i < photos.Count; i++)
            random.Next(_paired ? _views / 2 : _views);
    }

    /// <summary>One and the same view of each photo, [N, C, h, w], channels last.</summary>
    public Tensor View(IReadOnlyList<int> photos, int view) => Rows([.. photos.Select(photo => (long)photo * _views + view)]);

    private Tensor Rows(long[] rows)
    {
        using var scope = NewDisposeScope();
        return _features.index_select(0, tensor(rows)).to(ScalarType.Float32).ToChannelsLast().MoveToOuterDisposeScope();
    }

    public void Dispose() => _features.Dispose();
}
