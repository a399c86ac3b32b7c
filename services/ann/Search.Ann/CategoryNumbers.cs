namespace Search.Ann;

/// <summary>Categories as numbers from 0, in the order in which they come. They compare without case; each goes by the name that its first item has.</summary>
internal static class CategoryNumbers
{
    public static (int[] Numbers, List<string> Names) Of(IEnumerable<string> categories)
    {
        var (byName, names) = (new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), new List<string>());
        int[] numbers = [.. categories.Select(category =>
        {
            if (!byName.TryGetValue(category, out var number))
            {
                byName.Add(category, number = names.Count);
                names.Add(category);
            }
            return number;
        })];
        return (numbers, names);
    }
}
