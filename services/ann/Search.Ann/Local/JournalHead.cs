using System.Text;
using Search.Contracts;
using Search.Vectors.Files;

namespace Search.Ann.Local;

/// <summary>What a journal or snapshot file belongs to.</summary>
internal sealed record JournalHead(EmbeddingModelId Model, int Dimension, int Generation)
{
    public void WriteTo(ChecksumWriter writer)
    {
        writer.Write(Dimension);
        writer.Write(Generation);
        var model = Encoding.UTF8.GetBytes(Model.Value);
        writer.Write((ushort)model.Length);
        writer.Write<byte>(model);
        writer.EndSection();
    }

    public static JournalHead Read(ChecksumReader reader)
    {
        reader.BeginSection("head");
        var dimension = reader.Read<int>();
        var generation = reader.Read<int>();
        var model = new byte[reader.Read<ushort>()];
        reader.Read<byte>(model);
        reader.EndSection("head");
        var value = Encoding.UTF8.GetString(model);
        reader.Require(EmbeddingModelId.IsValid(value), "head", "it names no model");
        reader.Require(dimension is > 0 and <= Indexes.IndexShape.MaxDimension && generation >= 0, "head", "a value is out of range");
        return new JournalHead(new EmbeddingModelId(value), dimension, generation);
    }
}
