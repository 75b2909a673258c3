
namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>The one thread of a chip: sleeps until the kernel has edges of any line, and carries them into the lines' queues.</summary>
/// <remarks>
/// No exception leaves the thread: a line that fails is taken out and its owner hears why; when waiting itself fails, every line is, and the next
/// request starts a new thread. Lines are bounded by the chip.
/// </remarks>
internal sealed class EdgeCarrier : IDisposable
{
    private readonly Lock gate = new();
    private Round? round;

    /// <exception cref="BusException">The line cannot be watched; it is closed.</exception>
    public void Carry(KernelInput input)
    {
        try
        {
            lock (gate)
            {
                round ??= Start();
                round.Add(input);
            }
        }
        catch (BusException)
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Closes a line. It is free for others when this returns.</summary>
    public void Drop(KernelInput input)
    {
        lock (gate)
        {
            round?.Remove(input);
            // Under the lock, so that the thread is not in the middle of reading: else the line would stay held until it is through.
            input.Handle.Dispose();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            round?.Stop();
            round = null;
        }
    }

    private Round Start()
    {
        var made = new Round();
        new Thread(() => Run(made)) { IsBackground = true, Name = "gpio-edges" }.Start();
        return made;
    }

    private void Run(Round mine)
    {
        try
        {
            while (!mine.Stopping)
            {
                foreach (var (token, failed) in mine.Epoll.Wait())
                {
                    Serve(mine, token, failed);
                }
            }
        }
        catch (Exception e)
        {
            GiveUp(mine, e);
        }
        finally
        {
            mine.Epoll.Dispose();
        }
    }

    private void Serve(Round mine, ulong token, bool failed)
    {
        KernelInput? input;
        bool tell;
        lock (gate)
        {
            if (!mine.Lines.TryGetValue(token, out input))
            {
                return; // Dropped meanwhile.
            }

            tell = failed ? input.Break(input.Failure(ErrorNumber.NoDevice)) : input.TakeOver();
            if (input.IsBroken)
            {
                // Else its descriptor would wake the thread for ever.
                mine.Remove(input);
            }
        }

        if (tell)
        {
            Tell(input);
        }
    }

    // Outside the lock: the owner may answer by asking for or giving back a line.
    private static void Tell(KernelInput input)
    {
        try
        {
            input.Tell();
        }
        catch (Exception e)
        {
            // An owner that cannot be woken finds its edges at its next look; the neighbours' edges go on.
            input.Break(new BusException(BusFailure.Other, "gpio-edges", null, 0, $"its owner failed: {e.Message}"));
        }
    }

    private void GiveUp(Round mine, Exception e)
    {
        KernelInput[] left;
        lock (gate)
        {
            left = [.. mine.Lines.Values];
            if (round == mine)
            {
                round = null;
            }
        }

        foreach (var input in left)
        {
            input.Break(new BusException(BusFailure.Other, "gpio-edges", null, 0, e.Message));
            Tell(input);
        }
    }

    /// <summary>A thread's life: the lines it watches. The carrier holds the lock.</summary>
    private sealed class Round
    {
        private ulong lastToken;
        private volatile bool stopping;

        public Epoll Epoll { get; } = new();

        public Dictionary<ulong, KernelInput> Lines { get; } = [];

        public bool Stopping => stopping;

        public void Add(KernelInput input)
        {
            Epoll.Watch(input.Handle, ++lastToken);
            Lines.Add(lastToken, input);
        }

        public void Remove(KernelInput input)
        {
            foreach (var (token, _) in Lines.Where(line => line.Value == input).ToList())
            {
                Lines.Remove(token);
                Epoll.Forget(input.Handle);
            }
        }

        public void Stop()
        {
            stopping = true;
            Epoll.Wake();
        }
    }
}
