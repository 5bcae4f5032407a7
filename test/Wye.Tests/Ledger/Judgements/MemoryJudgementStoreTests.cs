using Wye.Contracts;

namespace Wye.Ledger.Judgements;

public sealed class MemoryJudgementStoreTests : JudgementStoreContract
{
    private protected override IJudgementStore Store { get; } = new MemoryJudgementStore();

    [Fact]
    public async Task OldestGoesFirst_WhenItIsFull_AndAChangedOneTakesNoRoom()
    {
        var store = new MemoryJudgementStore(capacity: 2);
        foreach (var id in (string[])["a", "b", "b", "c"])
        {
            await store.PutAsync(Judgement(id, 1), Token);
        }

        (await store.FindAsync(new("a"), Token)).ShouldBeNull();
        (await store.FindAsync(new("b"), Token)).ShouldNotBeNull();
        (await store.FindAsync(new("c"), Token)).ShouldNotBeNull();
    }
}
