using System.Collections.Frozen;

namespace Search.Ann.Indexes;

/// <summary>The kinds of index there are, by name. Immutable.</summary>
public sealed class IndexCatalogue
{
    private readonly FrozenDictionary<string, IVectorIndexFactory> _factories;

    /// <summary>A catalogue of these kinds, in any order.</summary>
    /// <exception cref="ArgumentException">Two kinds share a name.</exception>
    public IndexCatalogue(params IEnumerable<IVectorIndexFactory> factories)
    {
        ArgumentNullException.ThrowIfNull(factories);
        var byName = new Dictionary<string, IVectorIndexFactory>(StringComparer.Ordinal);
        foreach (var factory in factories)
        {
            if (!byName.TryAdd(factory.Name, factory))
                throw new ArgumentException($"Two kinds of index are named '{factory.Name}': {byName[factory.Name].GetType()} and {factory.GetType()}.", nameof(factories));
        }
        _factories = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. _factories.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="ArgumentException">No such kind; the message lists those there are.</exception>
    public IVectorIndexFactory this[string name] => _factories.TryGetValue(name, out var factory)
        ? factory
        : throw new ArgumentException($"No kind of index is named '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
}
