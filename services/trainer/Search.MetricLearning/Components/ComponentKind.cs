namespace Search.MetricLearning.Components;

/// <summary>How to make one sort of component from a recipe. Holds no state.</summary>
public abstract class ComponentKind<TComponent>(string name) : INamed
{
    public string Name { get; } = name;

    /// <summary>Adds what is wrong with the parameters. Touches no tensor: recipes are checked before torch is loaded.</summary>
    internal abstract void AddErrors(ComponentOptions options, string where, List<string> errors);

    /// <exception cref="ArgumentException">Invalid parameters.</exception>
    public abstract TComponent Create(ComponentOptions options, EmbeddingShape shape);

    /// <summary>A kind whose parameters are <typeparamref name="TParameters"/>.</summary>
    internal static ComponentKind<TComponent> Of<TParameters>(string name, Func<TParameters, EmbeddingShape, TComponent> create)
        where TParameters : class, IComponentParameters, new() => new Parsed<TParameters>(name, create);

    private protected class Parsed<TParameters>(string name, Func<TParameters, EmbeddingShape, TComponent> create) : ComponentKind<TComponent>(name)
        where TParameters : class, IComponentParameters, new()
    {
        internal override void AddErrors(ComponentOptions options, string where, List<string> errors)
        {
            List<string> found = [];
            options.Read<TParameters>(found);
            errors.AddRange(found.Select(error => $"{where} ({Name}): {error}"));
        }

        public override TComponent Create(ComponentOptions options, EmbeddingShape shape)
        {
            ArgumentNullException.ThrowIfNull(options);
            ArgumentNullException.ThrowIfNull(shape);
            List<string> errors = [];
            var parameters = options.Read<TParameters>(errors);
            return errors.Count == 0 ? create(parameters!, shape) : throw new ArgumentException($"Invalid {Name}: {string.Join("; ", errors)}.", nameof(options));
        }
    }
}
