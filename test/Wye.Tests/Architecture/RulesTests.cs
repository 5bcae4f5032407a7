namespace Wye.Architecture;

/// <summary>Each rule finds what it is there to find.</summary>
public sealed class RulesTests
{
    private static readonly string Filler = string.Concat(Enumerable.Repeat("// line\n", 400));

    [Theory]
    [InlineData("using Wye.Delivery;")]
    [InlineData("using static Wye.Delivery.Outcome;")]
    [InlineData("using Way = Wye.Delivery.Outcome;")]
    [InlineData("internal sealed class X { private global::Wye.Delivery.Outcome? _x; }")]
    [InlineData("internal sealed class X { private Wye.Delivery.Outcome? _x; }")]
    [InlineData("internal sealed class X { private Delivery.Outcome? _x; }")]
    public void RoomUse_FindsAHigherRoom(string code) =>
        Rules
            .RoomUse(InChat("namespace Wye.Chat;\n" + code), name => name is "Wye.Delivery.Outcome")
            .ShouldBe(["src/Wye/Chat/X.cs: room 'Chat' may not use 'Delivery'."]);

    [Fact]
    public void RoomUse_FindsANeighbourOfTheSameFloor() =>
        Rules
            .RoomUse(InChat("using Wye.Catalog;"), _ => false)
            .ShouldBe(["src/Wye/Chat/X.cs: room 'Chat' may not use 'Catalog'."]);

    [Fact]
    public void RoomUse_FindsARoomThatIsNotInTheTable() =>
        Rules
            .RoomUse(new("src/Wye/Attic/X.cs", "namespace Wye.Attic;"), _ => false)
            .ShouldBe(["src/Wye/Attic/X.cs: room 'Attic' is not in the table."]);

    [Fact]
    public void RoomUse_FindsAUseOfAFolderThatIsNoRoom() =>
        Rules.RoomUse(InChat("using Wye.Attic;"), _ => false).ShouldHaveSingleItem().ShouldContain("'Attic'");

    [Theory]
    [InlineData("using Wye.Primitives;")]
    [InlineData("using Wye.Chat;")]
    [InlineData("/// <see cref=\"Wye.Delivery.Outcome\"/>")]
    [InlineData("// Wye.Delivery reads it")]
    [InlineData("/* Wye.Delivery */")]
    [InlineData("internal class X { string s = \"Wye.Delivery\"; }")]
    [InlineData("internal class X { bool B => Quality.HasValue; }")]
    public void RoomUse_AllowsTheRest(string code) =>
        Rules.RoomUse(InChat(code), name => name is "Wye.Delivery.Outcome").ShouldBeEmpty();

    [Fact]
    public void RoomUse_OfHosting_MayBeAnything() =>
        Rules
            .RoomUse(new("src/Wye/Hosting/X.cs", "using Wye.Delivery; using Wye.Learning;"), _ => false)
            .ShouldBeEmpty();

    [Fact]
    public void RoomUse_ReadsDeeperFoldersAsTheirRoom() =>
        Rules
            .RoomUse(new("src/Wye/Routing/Plans/X.cs", "using Wye.Delivery;"), _ => false)
            .ShouldBe(["src/Wye/Routing/Plans/X.cs: room 'Routing' may not use 'Delivery'."]);

    [Theory]
    [InlineData("namespace Wye.Dialects;")]
    [InlineData("namespace Wye;")]
    [InlineData("namespace Wye.Chat { }")]
    [InlineData("internal sealed class X;")]
    public void Namespace_FindsWhatIsNotTheFolders(string code) =>
        Rules.Namespace(InChat(code)).ShouldHaveSingleItem().ShouldContain("Wye.Chat");

    [Theory]
    [InlineData("src/Wye/Chat/X.cs", "namespace Wye.Chat;")]
    [InlineData("src/Wye/Routing/Plans/X.cs", "namespace Wye.Routing.Plans;")]
    [InlineData("src/Wye.Sqlite/X.cs", "namespace Wye.Sqlite;")]
    [InlineData("src/Wye.Cli/Program.cs", "return 0;")]
    public void Namespace_AllowsTheFolders(string path, string code) =>
        Rules.Namespace(new(path, code)).ShouldBeEmpty();

    [Theory]
    [InlineData("public sealed class X;\npublic sealed record Y(int A);")]
    [InlineData("public readonly record struct X(int A);\n\npublic enum Y { A }")]
    [InlineData("public interface X { }\npublic static partial class Y { }")]
    [InlineData("public class X<T> : List<T> { }\npublic delegate void Y(int a);")]
    public void OnePublicType_FindsTwo(string code) =>
        Rules.OnePublicType(InChat(code)).ShouldBe(["src/Wye/Chat/X.cs: 2 public types: X, Y."]);

    [Fact]
    public void OnePublicType_FindsAFileOfAnotherName() =>
        Rules
            .OnePublicType(InChat("public sealed class Other { }"))
            .ShouldBe(["src/Wye/Chat/X.cs: holds 'Other'; name the file after it."]);

    [Fact]
    public void OnePublicType_AllowsNestedAndInternalCompanions() =>
        Rules
            .OnePublicType(
                InChat("public sealed class X\n{\n    public enum Y { A }\n}\ninternal sealed class Z { }\n")
            )
            .ShouldBeEmpty();

    [Theory]
    [InlineData("internal sealed class KeyManager { }")]
    [InlineData("public static class ChatUtils { }")]
    [InlineData("internal record UsageData(int A);")]
    [InlineData("internal readonly record struct ModelInfo(int A);")]
    [InlineData("file sealed class Helper { }")]
    [InlineData("internal interface ICommon { }")]
    [InlineData("internal sealed class ParserV2 { }")]
    [InlineData("internal sealed class Parser2 { }")]
    public void Names_FindsWordsThatSayNothing(string code) =>
        Rules.Names(InChat(code)).ShouldHaveSingleItem().ShouldEndWith("says nothing; name what it is.");

    [Theory]
    [InlineData("internal sealed class DataPlane { }")]
    [InlineData("internal sealed class Information { }")]
    [InlineData("internal sealed class CommonRail { }")]
    [InlineData("internal sealed class Sha256 { }")]
    [InlineData("// class KeyManager")]
    public void Names_AllowsTheRest(string code) => Rules.Names(InChat(code)).ShouldBeEmpty();

    [Fact]
    public void Length_FindsOneLineTooMany()
    {
        Rules.Length(InChat(Filler)).ShouldBeEmpty();
        Rules
            .Length(InChat(Filler + "// one more\n"))
            .ShouldBe(["src/Wye/Chat/X.cs: 401 lines; split it (at most 400)."]);
    }

    [Fact]
    public void Folders_FindsOneFileTooMany()
    {
        var twenty = Enumerable.Range(1, 20).Select(i => new SourceFile($"src/Wye/Chat/X{i}.cs", "")).ToList();
        var below = new SourceFile("src/Wye/Chat/Parts/X.cs", "");
        Rules.Folders([.. twenty, below]).ShouldBeEmpty();
        Rules
            .Folders([.. twenty, below, new("src/Wye/Chat/X21.cs", "")])
            .ShouldBe(["src/Wye/Chat: 21 files; split it (at most 20)."]);
    }

    [Theory]
    [InlineData("// TODO later")]
    [InlineData("/* FIXME */")]
    [InlineData("throw new NotImplementedException();")]
    public void Unfinished_FindsDebts(string code) => Rules.Unfinished(InChat(code)).ShouldHaveSingleItem();

    [Fact]
    public void Readme_FindsMissingEmptyAndLong()
    {
        Rules.Readme("Chat", null).ShouldBe(["src/Wye/Chat: no README.md."]);
        Rules.Readme("Chat", " \n").ShouldBe(["src/Wye/Chat: no README.md."]);
        Rules.Readme("Chat", string.Concat(Enumerable.Repeat("line\n", 25))).ShouldBeEmpty();
        Rules
            .Readme("Chat", string.Concat(Enumerable.Repeat("line\n", 26)))
            .ShouldBe(["src/Wye/Chat/README.md: 26 lines (at most 25)."]);
    }

    [Fact]
    public void Strip_KeepsCodeAndLinesAndDropsTheRest()
    {
        const string code = """"
            var a = "http://x // no comment"; // gone
            var b = @"c:\"; var c = '"'; /* gone
            too */ var d = $"{1}\""; var e = """
              raw "quoted" // no comment
              """; int kept;
            """";

        CodeText
            .Strip(code)
            .ShouldBe("var a = \"\"; \nvar b = \"\"; var c = \"\"; \n var d = \"\"; var e = \"\"; int kept;");
    }

    private static SourceFile InChat(string code) => new("src/Wye/Chat/X.cs", code);
}
