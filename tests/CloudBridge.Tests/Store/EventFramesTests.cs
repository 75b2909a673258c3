using MotCua.CloudBridge.Store;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

public sealed class EventFramesTests
{
    [Fact]
    public void Events_come_back_bit_for_bit()
    {
        byte[][] events = [[], [1], [0, 0, 0, 0], new byte[70_000]];
        Assert.Equal(events, EventFrames.Unpack(EventFrames.Pack([.. events.Select(e => new ReadOnlyMemory<byte>(e))])).Select(e => e.ToArray()));
    }

    [Theory]
    [InlineData(new byte[] { 1 })]
    [InlineData(new byte[] { 5, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 1 })]
    public void Damaged_bytes_are_an_error_and_never_half_an_event(byte[] packed) => Assert.Throws<BridgeStoreException>(() => EventFrames.Unpack(packed));
}
