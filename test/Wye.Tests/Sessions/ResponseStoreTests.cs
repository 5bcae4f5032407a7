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

    [Fact]
    public void ItemsOfAnOutput_AreFoundByTheirOwnKey_AsLongAsTheirResponse()
    {
        var store = new ResponseStore(_time);
        store.Keep(Own, "resp_1", Response("a", ("msg_1", "one"), ("fc_1", "two")));
        store.TryFindItem(Own, "fc_1", out var item).ShouldBeTrue();
        Encoding.UTF8.GetString(item.Span).ShouldBe("two");
        store.TryFindItem(new KeyId("other"), "fc_1", out _).ShouldBeFalse();
        store.TryFindItem(Own, "resp_1", out _).ShouldBeFalse();

        store.Keep(Own, "resp_2", Response("b", ("msg_1", "newer")));
        store.Remove(Own, "resp_1").ShouldBeTrue();
        store.TryFindItem(Own, "fc_1", out _).ShouldBeFalse();
        store.TryFindItem(Own, "msg_1", out item).ShouldBeTrue("it is the other response's now");
        Encoding.UTF8.GetString(item.Span).ShouldBe("newer");
        _time.Advance(TimeSpan.FromHours(1));
        store.TryFindItem(Own, "msg_1", out _).ShouldBeFalse();
    }

    [Fact]
    public void ItemsOfAnOutput_CountAmongTheBytes()
    {
        var store = new ResponseStore(_time, new ResponseStoreOptions { Bytes = 250 });
        store.Keep(Own, "resp_1", Response("a", ("msg_1", "one")));
        store.Keep(Own, "resp_2", Response("b", ("msg_2", "two")));
        store.Count.ShouldBe(1);
        store.TryFindItem(Own, "msg_1", out _).ShouldBeFalse();
        store.TryFindItem(Own, "msg_2", out _).ShouldBeTrue();
    }

    private static StoredResponse Response(string text, params (string Id, string Item)[] output) =>
        Response(text) with
        {
            Output = [.. output.Select(one => (one.Id, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(one.Item)))],
        };

    private static StoredResponse Response(string text) =>
        new(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(text));
}
