using MotCua.Protocols.Mqtt.Mosquitto;

namespace MotCua.Fleet.Lines;

/// <summary>Many links under one poll(2): libmosquitto's own loop uses select, which takes no descriptor from 1024 up. One thread.</summary>
internal sealed unsafe class PollSet
{
    private readonly List<PolledLink> links = [];
    private LibC.PollEntry[] entries = new LibC.PollEntry[64];

    public void Add(PolledLink link)
    {
        link.Index = links.Count;
        links.Add(link);
    }

    public void Remove(PolledLink link)
    {
        var last = links[^1];
        links[link.Index] = last;
        last.Index = link.Index;
        links.RemoveAt(links.Count - 1);
        link.Index = -1;
    }

    /// <summary>Waits until a socket wants something, and lets its link deal with it.</summary>
    /// <param name="atMost">How long; whole milliseconds, up to a minute.</param>
    public void Wait(TimeSpan atMost)
    {
        if (entries.Length < links.Count)
        {
            entries = new LibC.PollEntry[links.Count * 2];
        }

        for (var i = 0; i < links.Count; i++)
        {
            entries[i] = new LibC.PollEntry { Descriptor = links[i].Socket, Asked = links[i].Asked };
        }

        int happened;
        fixed (LibC.PollEntry* all = entries)
        {
            happened = LibC.poll(all, (nuint)links.Count, (int)Math.Clamp(Math.Ceiling(atMost.TotalMilliseconds), 0, 60_000));
        }

        // From the end: a link that goes changes places with one that has had its turn.
        for (var i = links.Count - 1; i >= 0 && happened > 0; i--)
        {
            if (entries[i].Happened != 0)
            {
                happened--;
                links[i].Handle(entries[i].Happened);
            }
        }
    }

    /// <summary>Pings, and deadlines of attempts; a few times a second.</summary>
    public void Look()
    {
        for (var i = links.Count - 1; i >= 0; i--)
        {
            links[i].Look();
        }
    }
}
