namespace Wye.Primitives;

public sealed class PromptPositionTests
{
    [Fact]
    public void Features_AreRoundedTo127ths_AndCutAtOne()
    {
        var position = PromptPosition.Of([0, 1, -1, 0.5f, 0.004f, 0.003f, 7, -7, float.NaN]);

        position.Width.ShouldBe(9);
        position.Values.ToArray().ShouldBe(new sbyte[] { 0, 127, -127, 64, 1, 0, 127, -127, 0 });
    }

    [Fact]
    public void WhatIsStored_IsReadBack_EqualByContent()
    {
        var position = PromptPosition.Of([0.25f, -0.75f]);
        var again = PromptPosition.Read(position.Bytes);

        again.ShouldBe(position);
        again.GetHashCode().ShouldBe(position.GetHashCode());
        (again == position).ShouldBeTrue();
        (PromptPosition.Of([0.25f, -0.5f]) != position).ShouldBeTrue();
        position.Equals((object)"a text").ShouldBeFalse();
    }

    [Fact]
    public void Nothing_IsNotKnown()
    {
        PromptPosition.Read([]).ShouldBe(PromptPosition.Unknown);
        PromptPosition.Unknown.Width.ShouldBe(0);
        PromptPosition.Unknown.Values.Length.ShouldBe(0);
        PromptPosition.Unknown.GetHashCode().ShouldBe(default(PromptPosition).GetHashCode());
    }
}
