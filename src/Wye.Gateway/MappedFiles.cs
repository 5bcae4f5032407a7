using System.Globalization;
using System.Runtime.InteropServices;

namespace Wye.Gateway;

/// <summary>
/// Pages of program files in memory. Half of them only the start needed: let go, they stay in the system's file cache, which it
/// may then use for something else, and come back by themselves when they are read again. Acts on the whole process; Linux only.
/// </summary>
internal static partial class MappedFiles
{
    private const string Mappings = "/proc/self/smaps";
    private const int DontNeed = 4;

    /// <summary>Lets go of what is mapped from files and was not changed. Takes some milliseconds.</summary>
    /// <returns>How many mappings were let go.</returns>
    public static int LetGo()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            return Unchanged(File.ReadLines(Mappings)).Count(one => Advise(one.Start, one.Length, DontNeed) == 0);
        }
        catch (Exception fault)
            when (fault
                    is IOException
                        or UnauthorizedAccessException
                        or DllNotFoundException
                        or EntryPointNotFoundException
            )
        {
            // A system that does not show its mappings keeps them.
            return 0;
        }
    }

    /// <summary>
    /// The mappings that nobody can have written to: not writable now, and none of their pages differs from the file.
    /// </summary>
    /// <param name="lines">As in <c>proc_pid_smaps(5)</c>.</param>
    internal static IEnumerable<(nint Start, nuint Length)> Unchanged(IEnumerable<string> lines)
    {
        (nint Start, nuint Length)? mapping = null;
        foreach (var line in lines)
        {
            if (line.AsSpan().IndexOf(' ') is var end && end > 0 && line[end - 1] != ':')
            {
                mapping = IsReadOnlyFile(line) ? RangeOf(line.AsSpan(0, end)) : null;
            }
            else if (IsChanged(line))
            {
                mapping = null;
            }
            else if (mapping is { } clean && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                yield return clean;
            }
        }
    }

    // "7f00-7f01 r-xp 00000000 08:01 42   /folder/file": of a file that is still there, and not writable.
    private static bool IsReadOnlyFile(string line)
    {
        var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 6
            && fields[1][1] != 'w'
            && fields[5].TrimStart() is ['/', ..] path
            && !path.EndsWith("(deleted)", StringComparison.Ordinal);
    }

    private static bool IsChanged(string line) =>
        (
            line.StartsWith("Anonymous:", StringComparison.Ordinal)
            || line.StartsWith("Swap:", StringComparison.Ordinal)
            || line.StartsWith("Locked:", StringComparison.Ordinal)
        ) && !line.EndsWith(" 0 kB", StringComparison.Ordinal);

    private static (nint Start, nuint Length) RangeOf(ReadOnlySpan<char> text)
    {
        var dash = text.IndexOf('-');
        var start = nint.Parse(text[..dash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var end = nint.Parse(text[(dash + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return (start, (nuint)(end - start));
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint length, int advice);
}
