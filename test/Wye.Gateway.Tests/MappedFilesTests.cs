using System.Globalization;
using Shouldly;
using Xunit;

namespace Wye.Gateway.Tests;

public sealed class MappedFilesTests
{
    private const string Clean = """
        10000000-10002000 r-xp 00000000 08:01 42                         /a folder/Wye.Cli.r2r.dll
        Size:                  8 kB
        Pss:                   8 kB
        Private_Clean:         8 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        Locked:                0 kB
        VmFlags: rd ex mr mw me
        """;

    [Fact]
    public void FileThatNobodyWroteTo_IsLetGo() =>
        MappedFiles.Unchanged(Clean.Split('\n')).ShouldBe([((nint)0x10000000, (nuint)0x2000)]);

    [Theory]
    [InlineData("r-xp", "rw-p")]
    [InlineData("/a folder/Wye.Cli.r2r.dll", "")]
    [InlineData("/a folder/Wye.Cli.r2r.dll", "[vdso]")]
    [InlineData("Wye.Cli.r2r.dll", "doublemapper (deleted)")]
    [InlineData("Anonymous:             0 kB", "Anonymous:             4 kB")]
    [InlineData("Swap:                  0 kB", "Swap:                 10 kB")]
    [InlineData("Locked:                0 kB", "Locked:                8 kB")]
    public void WhatMayDifferFromItsFile_IsKept(string clean, string other)
    {
        var text = Clean.Replace(clean, other, StringComparison.Ordinal);
        text.ShouldNotBe(Clean);
        MappedFiles.Unchanged($"{text}\n{Clean}".Split('\n')).Count().ShouldBe(1, "only the other one");
    }

    [Fact]
    public void Process_GoesOnAfterItsFilesWereLetGo()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var before = FileMegabytes();
        MappedFiles.LetGo().ShouldBeGreaterThan(10);
        FileMegabytes().ShouldBeLessThan(before);
        Enumerable
            .Range(0, 1_000)
            .Select(i => i.ToString(CultureInfo.InvariantCulture))
            .Distinct()
            .Count()
            .ShouldBe(1_000);
    }

    private static double FileMegabytes() =>
        File.ReadLines("/proc/self/status")
            .Where(line => line.StartsWith("RssFile:", StringComparison.Ordinal))
            .Select(line =>
                double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                / 1024
            )
            .Single();
}
