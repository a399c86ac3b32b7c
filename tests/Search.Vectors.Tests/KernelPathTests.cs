using System.Diagnostics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Search.Vectors.Codes;

namespace Search.Vectors.Tests;

/// <summary>Which path runs is a promise too: a build that silently fell back to scalar code would pass every other test.</summary>
public sealed class KernelPathTests
{
    private const string ExpectedPathVariable = "SEARCH_EXPECTED_KERNEL_PATH";
    private const string ExpectedCodePathVariable = "SEARCH_EXPECTED_CODE_KERNEL_PATH";

    [Fact]
    public void Path_IsTheWidestThisProcessMayUse()
    {
        var expected = Environment.GetEnvironmentVariable(ExpectedPathVariable) is { } name
            ? Enum.Parse<KernelPath>(name)
            : Avx2.IsSupported ? KernelPath.Vector256
            : Sse42.IsSupported || AdvSimd.IsSupported ? KernelPath.Vector128
            : KernelPath.Scalar;
        // A machine with AVX-512 may go wider than AVX2, by the runtime's own judgement of that processor.
        if (expected == KernelPath.Vector256 && Avx512F.IsSupported) Assert.True(VectorKernels.Path >= expected);
        else Assert.Equal(expected, VectorKernels.Path);
    }

    [Fact]
    public void CodePath_IsTheFastestThisProcessMayUse()
    {
        var expected = Environment.GetEnvironmentVariable(ExpectedCodePathVariable) is { } name
            ? Enum.Parse<CodeKernelPath>(name)
            : AvxVnni.IsSupported ? CodeKernelPath.Vnni256
            : VectorKernels.Path == KernelPath.Vector512 ? CodeKernelPath.Vector512
            : Avx2.IsSupported ? CodeKernelPath.Vector256
            : Sse42.IsSupported || AdvSimd.IsSupported ? CodeKernelPath.Vector128
            : CodeKernelPath.Scalar;
        Assert.Equal(expected, CodeKernels.Path);
    }

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", KernelPath.Scalar, CodeKernelPath.Scalar)]
    [InlineData("DOTNET_EnableAVX2", KernelPath.Vector128, CodeKernelPath.Vector128)]
    [InlineData("DOTNET_EnableAVX512", KernelPath.Vector256, CodeKernelPath.Vnni256)]
    [InlineData("DOTNET_EnableAVX512,DOTNET_EnableAVXVNNI", KernelPath.Vector256, CodeKernelPath.Vector256)]
    [InlineData("DOTNET_EnableAVXVNNI", KernelPath.Vector512, CodeKernelPath.Vector512)]
    public async Task AllTests_WithSimdSwitchedOff_PassOnTheNarrowerPath(string switchedOff, KernelPath expected, CodeKernelPath expectedCodes)
    {
        if (Environment.GetEnvironmentVariable(ExpectedPathVariable) is not null) return; // this is the inner run
        if (!Avx2.IsSupported) Assert.Skip("The switches are those of x64 processors with AVX2.");
        if (expected > VectorKernels.Path || expectedCodes > CodeKernels.Path) Assert.Skip("This processor does not have the path.");
        var host = Path.Combine(AppContext.BaseDirectory, "Search.Vectors.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        if (!File.Exists(host)) Assert.Skip("The test project was started without its own executable.");

        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        foreach (var name in switchedOff.Split(','))
            start.Environment[name] = "0";
        start.Environment[ExpectedPathVariable] = expected.ToString();
        start.Environment[ExpectedCodePathVariable] = expectedCodes.ToString();
        using var inner = Process.Start(start)!;
        var output = await inner.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await inner.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(inner.ExitCode == 0, output);
    }
}
