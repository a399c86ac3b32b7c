using Search.Vectors.Quantization.Binary;
using Search.Vectors.Quantization.Product;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>The kinds of code by the names that stand in files.</summary>
internal static class VectorCodes
{
    // The next kind is one line here.
    private static readonly Dictionary<string, Reader> _readers = new(StringComparer.Ordinal)
    {
        [ScalarCode.CodeName] = new Reader<ScalarCode>(stream => new ScalarCode(ScalarQuantizer.Load(stream))),
        [BinaryCode.CodeName] = new Reader<BinaryCode>(stream => new BinaryCode(BinaryQuantizer.Load(stream))),
        [ProductCode.CodeName] = new Reader<ProductCode>(stream => new ProductCode(ProductQuantizer.Load(stream))),
    };

    public static bool IsKnown(string name) => _readers.ContainsKey(name);

    /// <summary>Reads what <see cref="IVectorCode.Save"/> wrote and hands the code to the action, compiled for it.</summary>
    /// <exception cref="InvalidDataException">Another file, or a damaged one.</exception>
    public static TResult Load<TResult>(string name, Stream stream, ICodeAction<TResult> action) => _readers[name].Read(stream, action);

    private abstract class Reader
    {
        public abstract TResult Read<TResult>(Stream stream, ICodeAction<TResult> action);
    }

    private sealed class Reader<TCode>(Func<Stream, TCode> load) : Reader
        where TCode : struct, IVectorCode
    {
        public override TResult Read<TResult>(Stream stream, ICodeAction<TResult> action) => action.Run(load(stream));
    }
}
