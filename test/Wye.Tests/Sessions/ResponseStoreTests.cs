using System.Text;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Sessions;

public class ResponseStoreTests
{
    private static readonly KeyId Own = new("own");

    private readonly ManualTime _time = new();

    [Fact]
    public void Response_IsFoundByItsOwnKeyOnly()
    {
        var store = new ResponseStore(_time);
        store.Keep(Own, "resp_1", Response("a"));
        store.TryFind(Own, "resp_1", out var found).ShouldBeTrue();
        found!.Items.ToArray().ShouldBe(Encoding.UTF8.GetBytes("a"));
        store.TryFind(new KeyId("other"), "resp_1", out _).ShouldBeFalse();
        store.Remove(new KeyId("other"), "resp_1").ShouldBeFalse();
        store.Remove(Own, "resp_1").ShouldBeTrue();
        store.TryFind(Own, "resp_1", out _).ShouldBeFalse();
    }

    [Fact]
    public void Response_IsForgottenAfterItsLifetime_LooksDoNotProlongIt()
    {
        var store = new ResponseStore(_time);
        store.Keep(Own, "resp_1", Response("a"));
        _time.Advance(TimeSpan.FromMinutes(59));
        store.TryFind(Own, "resp_1", out _).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(1));
        store.TryFind(Own, "resp_1", out _).ShouldBeFalse();
        store.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(3, 1_000)]
    [InlineData(1_000, 60)]
    public void FullStore_ForgetsTheOldest(int capacity, long bytes)
    {
        var store = new ResponseStore(_time, new ResponseStoreOptions { Capacity = capacity, Bytes = bytes });
        for (var i = 0; i < 10; i++)
        {
            store.Keep(Own, $"resp_{i}", Response(new string('x', 10)));
        }

        store.Count.ShouldBe(3);
        store.TryFind(Own, "resp_6", out _).ShouldBeFalse();
        store.TryFind(Own, "resp_7", out _).ShouldBeTrue();
        store.Keep(Own, "resp_7", Response("again"));
        store.Count.ShouldBe(3);
    }

    [Fact]
    public void ResponseLargerThanOneMayBe_IsNotKept_AndReplacesNothingElse()
    {
        var store = new ResponseStore(_time, new ResponseStoreOptions { BytesOfOne = 20 });
        store.Keep(Own, "resp_1", Response("a"));
        store.Keep(Own, "resp_2", Response(new string('x', 11)));
        store.TryFind(Own, "resp_2", out _).ShouldBeFalse();
        store.TryFind(Own, "resp_1", out _).ShouldBeTrue();
    }

    private static StoredResponse Response(string text) =>
        new(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(text));
}
