using System.Runtime.InteropServices;

namespace Wye.Gateway;

/// <summary>
/// What the C library keeps of memory that native code has given back: mostly the runtime's compiler, which works until a load has
/// lasted some minutes. Acts on the whole process; glibc only, elsewhere nothing happens.
/// </summary>
internal static partial class NativeHeap
{
    /// <summary>Returns to the system what is free. Takes some hundred microseconds; only native code waits for it.</summary>
    /// <returns>Whether anything was returned.</returns>
    public static bool Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return Trim(0) == 1;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, which keeps memory its own way.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
