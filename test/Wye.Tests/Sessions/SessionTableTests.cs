using FsCheck;
using FsCheck.Fluent;
using Wye.Primitives;
using Wye.Routing;
using Wye.Testing;

namespace Wye.Sessions;

// What the table holds is measured by the heap of the whole process.
[Collection(nameof(ScratchCollection))]
public class SessionTableTests
{
    private readonly ManualTime _time = new();

    private static SessionKey Key(int conversation, string key = "k") => new(new KeyId(key), (UInt128)conversation);

    private static SessionMemory Memory(string model = "m") =>
        new(new ModelId(model), new DeploymentId("p/" + model)) { CachedTokens = 2_000 };

    [Fact]
    public void Session_IsForgottenTenMinutesAfterItsLastAnswer_ItsCacheAfterFive()
    {
        var table = new SessionTable(_time);
        table.Remember(Key(1), Memory());
        _time.Advance(TimeSpan.FromSeconds(299));
        table.Find(Key(1)).ShouldBe(Memory());
        _time.Advance(TimeSpan.FromSeconds(1));
        table.Find(Key(1)).ShouldBe(Memory() with { CachedTokens = 0 });
        _time.Advance(TimeSpan.FromSeconds(300));
        table.Find(Key(1)).ShouldBeNull();
    }

    [Fact]
    public void Session_LooksDoNotProlongIt_AnswersDo()
    {
        var table = new SessionTable(_time);
        table.Remember(Key(1), Memory());
        _time.Advance(TimeSpan.FromMinutes(9));
        table.Find(Key(1)).ShouldNotBeNull();
        table.Remember(Key(1), Memory("n"));
        _time.Advance(TimeSpan.FromMinutes(9));
        table.Find(Key(1))!.Value.Model.Value.ShouldBe("n");
    }

    [Fact]
    public void Sessions_OfAnotherKeyAreNeverSeen()
    {
        // Every id of one tenant, tried with the other's key.
        var table = new SessionTable(_time);
        for (var i = 0; i < 1_000; i++)
        {
            table.Remember(Key(i, "tenant-a"), Memory("a"));
        }

        for (var i = 0; i < 1_000; i++)
        {
            table.Find(Key(i, "tenant-b")).ShouldBeNull();
        }
    }

    [Fact]
    public void Table_BehavesAsABoundedListOrderedByUse() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                Gen.Choose(0, 59).ArrayOf(300).ToArbitrary(),
                steps =>
                {
                    const int capacity = 7;
                    var table = new SessionTable(new ManualTime(), new SessionOptions { Capacity = capacity });
                    List<int> model = [];
                    foreach (var step in steps)
                    {
                        var conversation = step % 20;
                        var known = model.Remove(conversation);
                        if (step < 30)
                        {
                            table.Find(Key(conversation)).HasValue.ShouldBe(known);
                            if (!known)
                            {
                                continue;
                            }
                        }
                        else
                        {
                            table.Remember(Key(conversation), Memory());
                        }

                        model.Add(conversation);
                        model = [.. model.TakeLast(capacity)];
                        table.Count.ShouldBe(model.Count);
                    }

                    model.ShouldAllBe(conversation => table.Find(Key(conversation)).HasValue);
                }
            )
        );

    [Fact]
    public void Table_StaysWithinItsBounds_UnderManyThreads()
    {
        var table = new SessionTable(_time, new SessionOptions { Capacity = 100 });
        Parallel.For(
            0,
            20_000,
            i =>
            {
                table.Remember(Key(i % 517), Memory());
                table.Find(Key(i % 311));
            }
        );
        table.Count.ShouldBe(100);
    }

    [Fact]
    public void Table_HoldsItsDefaultCapacityInFewMegabytes()
    {
        var table = new SessionTable(_time);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200_000; i++)
        {
            table.Remember(Key(i), Memory());
        }

        table.Count.ShouldBe(50_000);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(24_000_000);
        GC.KeepAlive(table);
    }
}
