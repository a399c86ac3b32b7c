using Search.MetricLearning.Native;

namespace Search.MetricLearning.Tests.Native;

public sealed class LibStdCxxCompatibilityTests
{
    [Fact]
    public void Repair_AlreadyRepairedLibrary_ChangesNothing()
    {
        var library = LoadedLibrary();
        LibStdCxxCompatibility.Repair(library);
        var before = (byte[])library.Clone();

        Assert.False(LibStdCxxCompatibility.Repair(library));
        Assert.Equal(before, library);
    }

    [Fact]
    public void Repair_RepairedLibrary_NoLongerNamesTheMarker()
    {
        var library = LoadedLibrary();
        LibStdCxxCompatibility.Repair(library);
        Assert.Null(ElfSharedObject.Parse(library).FindVersionNeed("GLIBCXX_3.4.32"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(4096)]
    public void Repair_LibraryCutShort_IsATypedError(int length)
    {
        var library = LoadedLibrary();
        Assert.Throws<NativeLibraryException>(() => LibStdCxxCompatibility.Repair(library[..length]));
    }

    private static byte[] LoadedLibrary()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The repair concerns Linux only.");
        var path = Directory.EnumerateFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories).First();
        return File.ReadAllBytes(path);
    }
}
