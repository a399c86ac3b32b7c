using System.Runtime.InteropServices;

namespace Search.MetricLearning.Native;

/// <summary>
/// Lets TorchSharp's native library load on systems whose libstdc++ is older than GCC 13's (Debian 12, Ubuntu 22.04).
/// </summary>
/// <remarks>
/// <para><c>libLibTorchSharp.so</c> was linked with GCC 13, whose &lt;iostream&gt; makes every object refer to
/// <c>std::ios_base_library_init()</c>, versioned <c>GLIBCXX_3.4.32</c>. The function is empty: it only forces the
/// linker to pick a libstdc++ that initialises the standard streams itself, which every shared libstdc++ does.
/// It is the only symbol of that version in the file, yet the loader refuses the whole library for it.</para>
/// <para>The repair edits our copy in the output folder, never the package: the reference to the empty function becomes
/// one to libc's harmless <c>tzset</c>, and the demand for 3.4.32 becomes a repeat of the demand for 3.4.30 that is there
/// already. Anything unexpected in the file stops the repair. It changes nothing where libstdc++ exports the symbol
/// (Ubuntu 24.04, Debian 13), on other systems than Linux, or when it has already been done.
/// Remove it when the supported systems all ship GCC 13.</para>
/// </remarks>
internal static class LibStdCxxCompatibility
{
    internal const string MarkerSymbol = "_ZSt21ios_base_library_initv";
    private const string Library = "libLibTorchSharp.so";
    private const string DemandedVersion = "GLIBCXX_3.4.32";
    private const string SubstituteVersion = "GLIBCXX_3.4.30";
    private const string SubstituteSymbol = "tzset";

    public static void Ensure(string baseDirectory)
    {
        if (!OperatingSystem.IsLinux() || SystemHasMarker())
            return;
        foreach (var path in Candidates(baseDirectory).Where(File.Exists))
            RepairFile(path);
    }

    /// <summary>True when the file was changed, false when it did not need it.</summary>
    internal static bool Repair(byte[] library)
    {
        var elf = ElfSharedObject.Parse(library);
        if (elf.FindVersionNeed(DemandedVersion) is not { } demanded)
            return false;
        var substitute = elf.FindVersionNeed(SubstituteVersion)
            ?? throw new NativeLibraryException($"The library does not refer to {SubstituteVersion}.");
        var libc = elf.FindVersionNeed("GLIBC_2.2.5")
            ?? throw new NativeLibraryException("The library does not refer to GLIBC_2.2.5.");

        var symbols = elf.SymbolsOfVersion(demanded.Index);
        if (symbols.FirstOrDefault(s => s.Name != MarkerSymbol) is { Name: { } other })
            throw new NativeLibraryException($"{other} needs {DemandedVersion} too: this system's libstdc++ is too old.");
        foreach (var symbol in symbols)
            elf.Redirect(symbol, SubstituteSymbol, libc.Index);
        elf.CopyVersion(substitute, demanded);
        return true;
    }

    private static bool SystemHasMarker() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out var handle) && NativeLibrary.TryGetExport(handle, MarkerSymbol, out _);

    private static IEnumerable<string> Candidates(string directory)
    {
        yield return Path.Combine(directory, Library);
        yield return Path.Combine(directory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", Library);
        yield return Path.Combine(directory, "runtimes", "linux-x64", "native", Library);
    }

    private static void RepairFile(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (!Repair(bytes))
                return;
            // Write and rename: the output folder may hold a hard link to the package cache, which must keep its bytes,
            // and another process may be starting from the same folder.
            var temporary = $"{path}.{Environment.ProcessId}";
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NativeLibraryException(
                $"This system's libstdc++ lacks {DemandedVersion} and {path} could not be adapted to it: {e.Message}", e);
        }
    }
}
