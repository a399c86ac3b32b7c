using System.Text.Json;
using Search.Imaging;
using Search.MetricLearning.Data;

namespace Search.Trainer.Evaluation;

/// <summary>A catalogue with attributes and one query view a product: the demo's form (catalogue.ndjson, queries.ndjson).</summary>
internal sealed class DemoCatalogue
{
    /// <summary>The file that names the products.</summary>
    public const string ItemsFile = "catalogue.ndjson";

    private readonly List<Item> _items = [];
    private readonly List<(string Path, int Item)> _images = [], _queries = [];
    private readonly string _folder;

    private DemoCatalogue(string folder) => _folder = folder;

    /// <summary>Name and string attributes, the category among them, of each product.</summary>
    public IReadOnlyList<Item> Items => _items;

    /// <summary>The catalogue's pictures as photos to train on.</summary>
    public IReadOnlyList<LabelledPhoto> LabelledImages() =>
        [.. _images.Select(i => PhotoFolder.Label(Path.Combine(_folder, i.Path), _items[i.Item].Category))];

    /// <summary>The product of each catalogue picture, by its file.</summary>
    public IReadOnlyDictionary<string, Item> ItemsByPath() => _images.ToDictionary(i => Path.Combine(_folder, i.Path), i => _items[i.Item]);

    /// <summary>The product of each catalogue picture.</summary>
    public IReadOnlyList<int> ImageItems => [.. _images.Select(i => i.Item)];

    /// <summary>The product of each query.</summary>
    public IReadOnlyList<int> QueryItems => [.. _queries.Select(i => i.Item)];

    /// <exception cref="TrainerException">A file is missing or cannot be read.</exception>
    public static DemoCatalogue Read(string folder)
    {
        var catalogue = new DemoCatalogue(folder);
        var byId = new Dictionary<string, int>();
        ReadLines(Path.Combine(folder, ItemsFile), line =>
        {
            var id = line.GetProperty("id").GetString()!;
            var category = line.GetProperty("category").GetString()!;
            var attributes = new Dictionary<string, string> { ["category"] = category };
            foreach (var attribute in line.GetProperty("attributes").EnumerateObject())
                if (attribute.Value.ValueKind == JsonValueKind.String)
                    attributes[attribute.Name] = attribute.Value.GetString()!;
            byId.Add(id, catalogue._items.Count);
            foreach (var image in line.GetProperty("images").EnumerateArray())
                catalogue._images.Add((image.GetProperty("path").GetString()!, catalogue._items.Count));
            catalogue._items.Add(new Item(id, category, attributes));
        });
        ReadLines(Path.Combine(folder, "queries.ndjson"), line =>
            catalogue._queries.Add((line.GetProperty("image").GetString()!, byId[line.GetProperty("itemId").GetString()!])));
        return catalogue._queries.Count > 0 ? catalogue : throw new TrainerException($"'{folder}' has no query views.");
    }

    public IReadOnlyList<EvaluationPicture> Images(ImagePreprocessing preprocessing) => Prepare(_images, preprocessing);

    public IReadOnlyList<EvaluationPicture> Queries(ImagePreprocessing preprocessing) => Prepare(_queries, preprocessing);

    private EvaluationPicture[] Prepare(List<(string Path, int Item)> pictures, ImagePreprocessing preprocessing)
    {
        var prepared = new EvaluationPicture[pictures.Count];
        Parallel.For(0, pictures.Count, i =>
        {
            using var image = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(_folder, pictures[i].Path)), preprocessing);
            var input = new byte[preprocessing.RgbByteCount];
            ImagePreprocessor.Resize(image, preprocessing, input);
            var item = _items[pictures[i].Item];
            prepared[i] = new EvaluationPicture(item.Description, item.Category, input);
        });
        return prepared;
    }

    private static void ReadLines(string path, Action<JsonElement> read)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                read(document.RootElement);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
            {
                throw new TrainerException($"'{path}' line {number} is no catalogue entry: {e.Message}");
            }
        }
    }

    /// <summary>A product.</summary>
    internal sealed record Item(string Id, string Category, IReadOnlyDictionary<string, string> Attributes)
    {
        /// <summary>What one can check with one's eyes.</summary>
        public string Description => string.Join(", ", Attributes.Where(a => a.Key is "metal" or "stone" or "cut" or "style").Select(a => a.Value));
    }
}
