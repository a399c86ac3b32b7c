using Search.Benchmarks;

// A benchmark is a verb: one folder here and one line in the catalogue.
if (args.Length > 0 && BenchmarkCatalogue.Verbs.TryGetValue(args[0], out var run))
{
    try
    {
        return await run(args[1..]);
    }
    catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidDataException or IOException)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
}

Console.Error.WriteLine("Usage: Search.Benchmarks VERB [options]. Verbs:");
foreach (var verb in BenchmarkCatalogue.Verbs.Keys.Order(StringComparer.Ordinal))
    Console.Error.WriteLine($"  {verb}");
return 2;
