using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Search.MetricLearning.Components;

/// <summary>What there is of one sort, by name. Immutable.</summary>
public sealed class Catalogue<T>
    where T : INamed
{
    private readonly string _sort;
    private readonly FrozenDictionary<string, T> _items;

    /// <param name="sort">What the items are, in the singular, for messages: "loss".</param>
    /// <param name="items">No two may share a name.</param>
    /// <exception cref="ArgumentException">Two do.</exception>
    public Catalogue(string sort, params IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var byName = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
            if (!byName.TryAdd(item.Name, item))
                throw new ArgumentException($"The {sort} '{item.Name}' is registered twice.", nameof(items));
        _sort = sort;
        _items = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. _items.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="ArgumentException">No such name; the message lists those there are.</exception>
    public T this[string name] => TryGet(name, out var item) ? item : throw new ArgumentException(Unknown(name), nameof(name));

    public bool TryGet(string? name, [MaybeNullWhen(false)] out T item)
    {
        item = default;
        return name is not null && _items.TryGetValue(name, out item);
    }

    internal string Unknown(string? name) => $"no {_sort} is named '{name}'; there are {string.Join(", ", Names)}";
}
