namespace Search.Evaluation;

/// <summary>What a result of a grade is worth in discounted cumulative gain.</summary>
public enum Gain
{
    /// <summary>2^grade - 1 (Burges et al., 2005): a result of the highest grade outweighs several of the next.</summary>
    Exponential,

    /// <summary>The grade itself (Järvelin and Kekäläinen, 2002); the choice of scikit-learn and trec_eval.</summary>
    Linear,
}
