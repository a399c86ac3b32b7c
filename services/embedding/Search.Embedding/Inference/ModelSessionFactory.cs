using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;
using Search.Models;

namespace Search.Embedding;

/// <summary>Brings a checked model into ONNX Runtime on the wanted execution provider, or on the CPU if that is allowed.</summary>
internal sealed partial class ModelSessionFactory(ILogger<ModelSessionFactory> logger)
{
    /// <exception cref="InvalidModelException">The runtime refuses the model, or the provider is missing and no fallback is allowed.</exception>
    public ModelSession Create(VerifiedModel model, EmbeddingOptions options)
    {
        var wanted = ExecutionProviders.ByName[options.ExecutionProvider];
        if (wanted == ExecutionProviders.Cpu)
            return Open(model, wanted, options);
        var missing = TryOpen(model, wanted, options, out var session);
        if (missing is null)
            return session!;
        if (options.Fallback == ProviderFallback.Deny)
            throw new InvalidModelException($"The execution provider '{wanted.Name}' can't be had: {missing} It needs {wanted.Needs}. Provide them, or set Embedding:Fallback to Allow or Embedding:ExecutionProvider to cpu.");
        LogFallback(logger, wanted.Name, missing, wanted.Needs);
        return Open(model, ExecutionProviders.Cpu, options);
    }

    private static string? TryOpen(VerifiedModel model, ExecutionProvider provider, EmbeddingOptions options, out ModelSession? session)
    {
        session = null;
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(provider.RuntimeName))
            return "this build has an ONNX Runtime without it.";
        try
        {
            session = Open(model, provider, options);
            return null;
        }
        catch (Exception e) when (e is OnnxRuntimeException or InvalidModelException { InnerException: OnnxRuntimeException } or DllNotFoundException or EntryPointNotFoundException)
        {
            return $"{(e.InnerException ?? e).Message.TrimEnd('.')}.";
        }
    }

    private static ModelSession Open(VerifiedModel model, ExecutionProvider provider, EmbeddingOptions options)
    {
        using var settings = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // The graph is a chain: parallelism between its nodes has nothing to win.
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,
            IntraOpNumThreads = options.IntraOpThreads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        provider.Append(settings);
        try
        {
            return new ModelSession(new InferenceSession(model.Path, settings), model, provider);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidModelException($"ONNX Runtime can't run '{model.Path}' on {provider.Name}: {e.Message}", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Inference falls back to cpu: {Provider} can't be had: {Missing} It needs {Needs}")]
    private static partial void LogFallback(ILogger logger, string provider, string missing, string needs);
}
