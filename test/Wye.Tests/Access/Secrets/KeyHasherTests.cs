using System.Security.Cryptography;
using System.Text;

namespace Wye.Access.Secrets;

public sealed class KeyHasherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-pepper-").FullName;

    private string PepperFile => Path.Combine(_folder, "data", "pepper");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Hash_IsHmacSha256OfTheSecretUnderThePepper()
    {
        byte[] pepper = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var hash = new byte[32];

        new KeyHasher(pepper).Hash("secret", hash);

        hash.ShouldBe(HMACSHA256.HashData(pepper, Encoding.ASCII.GetBytes("secret")));
    }

    [Fact]
    public void OtherPeppers_GiveOtherHashesAndMarks()
    {
        var one = new KeyHasher(new byte[32]);
        var other = new KeyHasher([.. Enumerable.Repeat((byte)1, 32)]);
        var hashes = new byte[2][] { new byte[32], new byte[32] };
        one.Hash("secret", hashes[0]);
        other.Hash("secret", hashes[1]);

        hashes[0].SequenceEqual(hashes[1]).ShouldBeFalse();
        string.Equals(one.Mark, other.Mark, StringComparison.Ordinal).ShouldBeFalse();
        one.Mark.Length.ShouldBe(16);
    }

    [Fact]
    public void PepperFile_IsMadeOnceForItsOwnerOnly()
    {
        var first = KeyHasher.LoadOrCreate(PepperFile);
        var second = KeyHasher.LoadOrCreate(PepperFile);

        second.Mark.ShouldBe(first.Mark);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(PepperFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.GetFiles(Path.GetDirectoryName(PepperFile)!).ShouldBe([PepperFile]);
    }

    [Fact]
    public void PepperFile_MadeByManyAtOnce_IsOne()
    {
        var marks = new string[8];

        Parallel.For(0, marks.Length, i => marks[i] = KeyHasher.LoadOrCreate(PepperFile).Mark);

        marks.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public void PepperFile_OfAnotherLength_IsRefusedInOneLine()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PepperFile)!);
        File.WriteAllText(PepperFile, "short");

        Should
            .Throw<AccessUnavailableException>(() => KeyHasher.LoadOrCreate(PepperFile))
            .Message.ShouldBe($"'{PepperFile}' holds 5 bytes, a pepper has 32. Restore it from a backup.");
    }

    [Fact]
    public void PepperFile_ThatCannotBeMade_IsRefused()
    {
        File.WriteAllText(Path.Combine(_folder, "data"), "");

        var message = Should.Throw<AccessUnavailableException>(() => KeyHasher.LoadOrCreate(PepperFile)).Message;

        message.ShouldStartWith($"The pepper '{PepperFile}' cannot be read or made (");
        message.ShouldEndWith("). Give this user the right to read it and to write its folder.");
    }
}
