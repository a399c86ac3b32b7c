namespace Search.MetricLearning.Components;

/// <summary>The parameters of one component. The defaults of its properties are valid.</summary>
public interface IComponentParameters
{
    /// <summary>One sentence for each parameter that is out of range, with its value; none if all are fine.</summary>
    IEnumerable<string> Errors();

    /// <exception cref="ArgumentException">Names every parameter that is out of range.</exception>
    internal void Require()
    {
        string[] errors = [.. Errors()];
        if (errors.Length > 0)
            throw new ArgumentException($"Invalid parameters: {string.Join("; ", errors)}.");
    }
}
