namespace Wye.Cli;

/// <summary>A file that a command writes: complained of before long work, and there whole or as it was.</summary>
internal static class OutputFile
{
    /// <summary>The path, made absolute.</summary>
    /// <exception cref="CliFailureException">Nothing can be written there; the message says what to name or make.</exception>
    public static string Check(CliContext context, string file)
    {
        string path = context.Resolve(file);
        if (Directory.Exists(path) || Path.GetFileName(path).Length == 0)
            throw new CliFailureException($"'{file}' is a folder. Name the file to write.", ExitCodes.Usage);
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new CliFailureException(
                $"'{file}' cannot be written: there is no folder '{folder}'. Make it, or name another.",
                ExitCodes.Usage
            );
        if (IsDevice(path))
            return path;
        string aside = Aside(Target(path));
        try
        {
            File.Create(aside).Dispose();
            File.Delete(aside);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliFailureException(
                $"'{file}' cannot be written: no file can be made beside it ({fault.Message}). Name another.",
                ExitCodes.Usage
            );
        }

        return path;
    }

    /// <summary>Complains of two options that name one file: what is written last would take the other's place.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="files">Options and the files they name; null = none.</param>
    public static void CheckApart(CliContext context, params ReadOnlySpan<(string Option, string? File)> files)
    {
        var taken = new Dictionary<string, string>(
            OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase
        );
        foreach (var (option, file) in files)
        {
            if (file is null || context.Resolve(file) is var path && IsDevice(path))
                continue;
            string target = Path.GetFullPath(Target(path));
            if (!taken.TryAdd(target, option))
                throw new CliFailureException(
                    $"{taken[target]} and {option} name the same file '{file}'. Name another for one of them.",
                    ExitCodes.Usage
                );
        }
    }

    /// <summary>Writes beside the file, then takes its place: who stops or fails midway, or reads meanwhile, meets the old one.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        if (IsDevice(path))
        {
            using FileStream device = File.OpenWrite(path);
            write(device);
            return;
        }

        string target = Target(path);
        string aside = Aside(target);
        try
        {
            using (FileStream stream = File.Create(aside))
                write(stream);
            File.Move(aside, target, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    // A device such as /dev/stdout is written to, never replaced.
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    // A link stays one: what it leads to is replaced.
    private static string Target(string path) =>
        File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;

    private static string Aside(string target) => $"{target}.{Environment.ProcessId}.tmp";
}
