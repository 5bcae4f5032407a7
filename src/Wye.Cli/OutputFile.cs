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
        return Directory.Exists(folder)
            ? path
            : throw new CliFailureException(
                $"'{file}' cannot be written: there is no folder '{folder}'. Make it, or name another.",
                ExitCodes.Usage
            );
    }

    /// <summary>Writes beside the file, then takes its place: who stops or fails midway, or reads meanwhile, meets the old one.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        // A device such as /dev/stdout is written to, never replaced.
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            using FileStream device = File.OpenWrite(path);
            write(device);
            return;
        }

        // A link stays one: what it leads to is replaced.
        string target = File.Exists(path)
            ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path
            : path;
        string aside = $"{target}.{Environment.ProcessId}.tmp";
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
}
