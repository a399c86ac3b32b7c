using System.Collections.Frozen;

namespace Search.Embedding;

/// <summary>The execution providers of the options. Adding one is one entry.</summary>
internal static class ExecutionProviders
{
    private const string CudaNeeds = "an NVIDIA GPU with its driver, the CUDA and cuDNN libraries, and a build with -p:OnnxRuntimeFlavor=gpu";

    internal static readonly ExecutionProvider Cpu = new("cpu", "CPUExecutionProvider", _ => { }, "nothing", PrefersBatches: false);

    internal static readonly FrozenDictionary<string, ExecutionProvider> ByName = new[]
    {
        Cpu,
        new("cuda", "CUDAExecutionProvider", options => options.AppendExecutionProvider_CUDA(), CudaNeeds, PrefersBatches: true),
        new("tensorrt", "TensorrtExecutionProvider", options =>
        {
            options.AppendExecutionProvider_Tensorrt();
            // For the nodes that TensorRT leaves.
            options.AppendExecutionProvider_CUDA();
        }, CudaNeeds + ", and the TensorRT libraries", PrefersBatches: true),
    }.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
}
