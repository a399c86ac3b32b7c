using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace Search.Embedding;

/// <summary>Something that ONNX Runtime can run a model on.</summary>
/// <param name="Name">As in the options.</param>
/// <param name="RuntimeName">As ONNX Runtime lists it when it is built in.</param>
/// <param name="Append">Adds it to a session's options; the CPU needs nothing and runs whatever the others can't.</param>
/// <param name="Needs">What a machine must have, for the message when it has not.</param>
/// <param name="PrefersBatches">True where one large inference beats several small ones side by side.</param>
internal sealed record ExecutionProvider(string Name, string RuntimeName, Action<SessionOptions> Append, string Needs, bool PrefersBatches);
