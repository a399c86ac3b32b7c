namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>
/// What a piece is laid on. Evaluation and training draw from families that share no surface, so that a model which has merely learnt to
/// see through the backgrounds of its training does not look good.
/// </summary>
public sealed class ClutterFamily
{
    private readonly Func<Random, Surface>[] _surfaces;

    private ClutterFamily(string name, params Func<Random, Surface>[] surfaces) => (Name, _surfaces) = (name, surfaces);

    public string Name { get; }

    /// <summary>Hands, folded cloth, wood: never to be trained on.</summary>
    public static ClutterFamily Evaluation { get; } = new("evaluation", Hand.Create, Cloth.Create, Wood.Create);

    /// <summary>Marble, cells (leather, pebbles), printed paper, knit, rooms out of focus.</summary>
    public static ClutterFamily Training { get; } =
        new("training", Stone.Create, Cells.Create, PrintedPaper.Create, Knit.Create, BlurredRoom.Create);

    /// <summary>Paints one surface of the family; which one and how is up to <paramref name="random"/> alone.</summary>
    internal void Paint(Span<byte> picture, int side, Random random) =>
        SurfacePainter.Paint(_surfaces[random.Next(_surfaces.Length)](random), picture, side);
}
