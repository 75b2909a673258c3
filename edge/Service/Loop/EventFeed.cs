using System.Collections.Immutable;

namespace MotCua.Edge.Loop;

/// <summary>Tells everyone who asked what has become durable, in order; one that fails leaves the rest told.</summary>
/// <param name="failed">Told of a sink that threw.</param>
public sealed class EventFeed(Action<Exception> failed)
{
    private ImmutableArray<ICommitSink> sinks = [];

    public void Join(ICommitSink sink) => ImmutableInterlocked.Update(ref sinks, (all, one) => all.Add(one), sink);

    public void Leave(ICommitSink sink) => ImmutableInterlocked.Update(ref sinks, (all, one) => all.Remove(one), sink);

    internal void Tell(Committed committed)
    {
        foreach (var sink in sinks)
        {
            try
            {
                sink.Accept(committed);
            }
            catch (Exception e) // One bad sink leaves the rest told; the owner turns this into a fault.
            {
                failed(e);
            }
        }
    }
}
