namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>What the committed model must keep on the demo catalogue's held-out views; raise them with a better model.</summary>
internal static class Floors
{
    internal const double PieceAt1 = 0.60;

    internal const double PieceAt10 = 0.85;

    internal const double CategoryAt1 = 0.84;
}
