using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Rescoring;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tree.Frozen;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Files;

/// <summary>A kind of file that this library writes: a small sample, made the same each time, and how it is read. The next kind is one more here.</summary>
/// <param name="Version">That is written today.</param>
/// <param name="Sections">As errors name them, in order.</param>
/// <param name="Shape">Metric, dimension and number of ids of the sample.</param>
internal sealed record FileKind(string Name, int Version, string[] Sections, FileShape Shape)
{
    private static readonly FileKind[] _all =
    [
        new("exact", 1, ["head", "shape", "ids", "vectors"], new(VectorMetric.Cosine, 4, 24)) { Factory = new ExactIndexFactory() },
        new("hnsw", 2, ["head", "shape", "levels", "free slots", "vectors", "links", "ids"], new(VectorMetric.SquaredL2, 4, 30))
        {
            Factory = new HnswIndexFactory(new HnswOptions { M = 4, EfConstruction = 20 }),
            // What the factory opens is frozen: see there. This kind lies in snapshots alone.
            OpenFile = (path, _) =>
            {
                using var stream = File.OpenRead(path);
                var index = new HnswIndexFactory().Load(stream);
                return stream.Position == stream.Length ? index : throw new InvalidDataException("There is something behind it.");
            },
        },
        new("forest", 1, ["head", "shape", "free slots", "vectors", "ids", "forest", .. Tree, .. Tree], new(VectorMetric.InnerProduct, 2, 1_250))
        {
            // Trees and tables are made of a thousand vectors and more; every section ends in a checksum of four bytes.
            Factory = new ForestIndexFactory(new ForestOptions { Trees = 2, LeafSize = 256 }),
            Step = 3,
        },
        new("lsh", 1, ["head", "shape", "free slots", "vectors", "ids", "hashing", "tables", "functions", "buckets"], new(VectorMetric.SquaredL2, 2, 1_250))
        {
            Factory = new LshIndexFactory(new LshOptions { Tables = 1, Functions = 3 }),
            Step = 3,
        },
        new("hnsw-frozen", 2, ["head", "shape", "quantiser", "rows", "links above", "vectors", "ids", "id starts", "id order"], new(VectorMetric.Cosine, 6, 40))
        {
            Make = shape => Bytes(HnswFreezer.Freeze(shape.Fill(new HnswIndexFactory(new HnswOptions { M = 4, EfConstruction = 20 }))).Save),
            Read = file => HnswFreezer.Load(new MemoryStream(file)),
            OpenFile = (path, verification) => HnswFreezer.Open(path, verification: verification),
            Magic = "SEARCHFZ",
            Newest = 4,
        },
        new("hnsw-frozen-product", 4, ["head", "shape", "code", "quantiser", "rows", "links above", "vectors", "ids", "id starts", "id order"], new(VectorMetric.Cosine, 6, 40))
        {
            Make = shape => Bytes(HnswFreezer.Freeze(shape.Fill(new HnswIndexFactory(new HnswOptions { M = 4, EfConstruction = 20 })), new FrozenHnswOptions { Code = new ProductCodeOptions() }).Save),
            Read = file => HnswFreezer.Load(new MemoryStream(file)),
            OpenFile = (path, verification) => HnswFreezer.Open(path, verification: verification),
            Magic = "SEARCHFZ",
        },
        new("forest-frozen", 1, ["head", "shape", "splits", "normals", "leaf starts", "leaves", "vectors", "ids", "id starts", "id order"], new(VectorMetric.InnerProduct, 3, 1_300))
        {
            Make = shape => Bytes(ForestFreezer.Freeze(shape.Fill(new ForestIndexFactory(new ForestOptions { Trees = 2, LeafSize = 64 }))).Save),
            Read = file => ForestFreezer.Load(new MemoryStream(file)),
            OpenFile = (path, verification) => ForestFreezer.Open(path, verification: verification),
            Magic = "SEARCHRF",
        },
        new("codes", 1, ["head", "shape", "code", "quantiser", "ids", "rows"], new(VectorMetric.Cosine, 6, 40))
        {
            Make = shape => Bytes(CodeIndex.Build(shape.Fill(new ExactIndexFactory()), new ScalarCodeOptions()).Save),
            OpenFile = (path, _) => CodeIndex.Open(path),
            Magic = "SEARCHCS",
        },
        new("vectors", 1, ["head", "shape", "ids", "vectors"], new(VectorMetric.Cosine, 6, 40))
        {
            Make = shape => Bytes(stream => VectorSource.Save(shape.Fill(new ExactIndexFactory()), stream)),
            OpenFile = (path, verification) => VectorSource.Open(path, verify: verification == FileVerification.AtOpen),
            Magic = "VECTORSF",
        },
    ];

    private static string[] Tree => ["tree", "free nodes", "splits", "normals", "leaves"];

    public static TheoryData<string> Names => [.. _all.Select(kind => kind.Name)];

    public static TheoryData<string> NamesOfStreams => [.. _all.Where(kind => kind.Magic is null).Select(kind => kind.Name)];

    /// <summary>Files of sections, docs/index-format.md.</summary>
    public static TheoryData<string> NamesOfSectionFiles => [.. _all.Where(kind => kind.Magic is not null).Select(kind => kind.Name)];

    /// <summary>See <see cref="Search.Testing.Files.FileAnatomy.Of"/>.</summary>
    public int Step { get; private init; } = 1;

    /// <summary>Of a file of sections.</summary>
    public string? Magic
    {
        get;
        private init
        {
            field = value;
            Step = 61; // The shortest section and the gap before it are nearly a page.
        }
    }

    /// <summary>Of a kind that is read from a stream and can be written to.</summary>
    public IVectorIndexFactory? Factory
    {
        get;
        private init
        {
            field = value;
            Make = shape => Bytes(shape.Fill(value!).Save);
            Read = file => value!.Load(new MemoryStream(file));
            OpenFile = (path, verification) => value!.Open(path, verification);
        }
    }

    public Func<FileShape, byte[]> Make { get; private init; } = _ => [];

    /// <summary>From a stream; null for a kind that is only mapped.</summary>
    public Func<byte[], IDisposable>? Read { get; private init; }

    public Func<string, FileVerification, IDisposable> OpenFile { get; private init; } = (_, _) => Stream.Null;

    /// <summary>The newest version that is read: a later one than is written, where a file of this kind needs nothing of it.</summary>
    public int Newest { get => field == 0 ? Version : field; private init; }

    public static FileKind Of(string name) => _all.Single(kind => kind.Name == name);

    public byte[] Sample() => Make(Shape);

    /// <summary>Reads it in every way there is, and asks it everything a reader can ask.</summary>
    /// <exception cref="InvalidDataException">It is refused.</exception>
    public void Use(byte[] file, string path)
    {
        if (Magic is not null) File.WriteAllBytes(path, file);
        if (Read is not null) Use(Read(file));
        if (Magic is not null) Use(OpenFile(path, FileVerification.AtOpen));
    }

    public void Use(IDisposable opened)
    {
        using (opened)
        {
            var vector = new float[1 + IndexShape.MaxDimension];
            if (opened is IVectorSource source)
            {
                for (var id = -1L; id <= Shape.Count; id++)
                    source.TryGet(FileShape.Id(id), out _);
                return;
            }
            var index = (IVectorIndex)opened;
            var query = new float[index.Dimension];
            query[0] = 1;
            var results = new ScoredId[Math.Max(10, index.Count)];
            foreach (var effort in (int[])[0, 5, int.MaxValue])
                index.Search(query, 10, new SearchOptions { Effort = effort }, results, out _);
            index.Search(query, results.Length, new SearchOptions { Filter = Indexes.Filters.IdFilter.Where(id => id % 2 == 0) }, results, out _);
            foreach (var id in index.ListIds())
                index.TryGetVector(id, vector);
            index.Describe();
        }
    }

    private static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }
}

/// <summary>What a sample holds: vectors drawn one after the other, every seventh of them removed again and every ninth equal to the first.</summary>
internal sealed record FileShape(VectorMetric Metric, int Dimension, int Count)
{
    public float[][] Vectors
    {
        get
        {
            var vectors = new RandomVectors(77).Clustered(Count, Dimension, clusters: 6);
            for (var i = 9; i < Count; i += 9)
                vectors[i] = vectors[0];
            return vectors;
        }
    }

    public static long Id(long i) => 3 * i - 20;

    public static bool Has(int i) => i % 7 != 3;

    public IMutableVectorIndex Fill(IVectorIndexFactory factory)
    {
        var index = factory.Create(new IndexShape(Metric, Dimension));
        var vectors = Vectors;
        for (var i = 0; i < Count; i++)
            index.Upsert(Id(i), vectors[i]);
        for (var i = 0; i < Count; i++)
        {
            if (!Has(i)) index.Remove(Id(i));
        }
        return index;
    }
}
