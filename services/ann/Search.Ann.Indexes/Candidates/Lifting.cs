namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// Under inner product the best need not be near: a long vector beats a close one. Stored vectors are therefore lifted by one component to a common
/// length R, √(R² − |x|²), and the query by 0, so that the order by angle is the order by inner product (Bachrach et al., "Speeding up the Xbox
/// recommender system using a Euclidean transformation for inner-product spaces", RecSys 2014). A vector longer than R keeps its length.
/// </summary>
internal static class Lifting
{
    public static float Component(float squaredLength, float reach) => MathF.Sqrt(MathF.Max(0, reach * reach - squaredLength));

    /// <summary>What scales a query to the common length; its own length changes no order. 0 for the zero vector, to which all are equal.</summary>
    public static float QueryScale(float squaredLength, float reach) => squaredLength > 0 ? reach / MathF.Sqrt(squaredLength) : 0;
}
