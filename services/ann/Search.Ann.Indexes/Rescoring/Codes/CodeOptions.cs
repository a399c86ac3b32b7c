using Search.Vectors.Quantization;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>Which code vectors are kept in, and how it is trained.</summary>
public abstract record CodeOptions
{
    /// <summary>Vectors that the code is trained on, spread evenly over the index; at least 1, default 20,000.</summary>
    public int TrainingSample { get; init; } = 20_000;

    /// <summary>Trains the code and hands it to the action, compiled for it.</summary>
    internal abstract TResult Train<TResult>(TrainingSample sample, VectorMetric metric, ICodeAction<TResult> action);
}

/// <summary>Something to be done in code compiled for one kind of vector code.</summary>
internal interface ICodeAction<out TResult>
{
    TResult Run<TCode>(TCode code)
        where TCode : struct, IVectorCode;
}
