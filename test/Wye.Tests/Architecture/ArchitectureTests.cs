using Wye.Primitives;
using Wye.Sqlite;

namespace Wye.Architecture;

/// <summary>The rules over the whole tree.</summary>
public sealed class ArchitectureTests
{
    private static readonly HashSet<string> Types =
    [
        .. typeof(Usd).Assembly.GetTypes().Select(type => type.FullName!.Split('`')[0]),
    ];

    [Fact]
    public void Rooms_UseOnlyTheRoomsTheirRowNames() => ShouldHold(file => Rules.RoomUse(file, Types.Contains));

    [Fact]
    public void Namespaces_AreFolders() => ShouldHold(Rules.Namespace);

    [Fact]
    public void Files_HoldOnePublicTypeOfTheirName() => ShouldHold(Rules.OnePublicType);

    [Fact]
    public void Types_HaveNamesThatSaySomething() => ShouldHold(Rules.Names);

    [Fact]
    public void Files_AreShort() => ShouldHold(Rules.Length);

    [Fact]
    public void Folders_FitAScreen() => Rules.Folders(SourceTree.Sources).ShouldBeEmpty();

    [Fact]
    public void Code_IsFinished() => ShouldHold(Rules.Unfinished);

    [Fact]
    public void Rooms_AllHaveAShortReadme() =>
        SourceTree
            .Rooms.SelectMany(room =>
            {
                var path = Path.Combine(SourceTree.Root, "src", "Wye", room, "README.md");
                return Rules.Readme(room, File.Exists(path) ? File.ReadAllText(path) : null);
            })
            .ShouldBeEmpty();

    [Fact]
    public void Rooms_AreThoseOfTheTable() =>
        SourceTree.Rooms.ShouldBe(RoomTable.Rooms.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Table_NamesOnlyRoomsOfLowerFloors()
    {
        foreach (var room in RoomTable.Rooms.Values)
        {
            foreach (var used in room.Uses)
            {
                RoomTable.Rooms[used].Floor.ShouldBeLessThan(room.Floor, $"{room.Name} uses {used}");
            }
        }
    }

    [Fact]
    public void Sources_AreFound()
    {
        // Every rule holds of nothing: the tree must be there.
        SourceTree.Sources.Count.ShouldBeGreaterThan(100);
        SourceTree.Sources.ShouldContain(file => file.Path == "src/Wye/Primitives/Usd.cs");
        SourceTree.Sources.ShouldContain(file => file.Path == $"src/Wye.Sqlite/{nameof(SqliteLedgerStore)}.cs");
        SourceTree.Sources.ShouldAllBe(file => !file.Path.Contains("/obj/"));
    }

    private static void ShouldHold(Func<SourceFile, IEnumerable<string>> rule) =>
        SourceTree.Sources.SelectMany(rule).ShouldBeEmpty();
}
