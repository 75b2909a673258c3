namespace MotCua.Edge.Devices.Speech.Proof;

/// <summary>Calls a microphone's driver on tasks of their own, one after another: whoever waits for one that blocks goes on at a deadline, and holds nobody up meanwhile.</summary>
internal sealed class Ear(IMicrophone microphone, TimeProvider time)
{
    /// <summary>How long a call may wait for the microphone to open. A driver that needs longer is not asked again before it has come back.</summary>
    public static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;
    private bool stuck;

    /// <exception cref="IOException">It cannot be opened, or not in time.</exception>
    public async Task<Listening> OpenAsync(CancellationToken stop)
    {
        var listening = new Listening(this);
        try
        {
            await DoAsync("Opening the microphone", OpenLimit, () => listening.Open(microphone), stop, () => listening.IsAsked = true);
            return listening;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It may open yet, unless the driver was not even asked.
            if (listening.IsAsked)
            {
                listening.End();
            }

            throw;
        }
    }

    private async Task DoAsync(string what, TimeSpan limit, Action work, CancellationToken stop, Action? asked = null)
    {
        Task mine;
        lock (gate)
        {
            if (stuck && !last.IsCompleted)
            {
                throw new IOException($"The driver of {microphone.Id} has not come back since it was asked last.");
            }

            (stuck, mine) = (false, last = Behind(work));
            asked?.Invoke();
        }

        try
        {
            await Deadline.HoldAsync(what, limit, time, Finished, stop);
        }
        catch (IOException) when (!mine.IsCompleted)
        {
            lock (gate)
            {
                stuck = true;
            }

            throw;
        }

        async ValueTask<bool> Finished(CancellationToken ct)
        {
            await mine.WaitAsync(ct);
            return true;
        }
    }

    private Task Behind(Action work) => last.ContinueWith(_ => work(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private void CloseBehind(Action close)
    {
        lock (gate)
        {
            last = Behind(close);
        }
    }

    /// <summary>A microphone that listens to one call. Its stream and detector belong to the tasks.</summary>
    public sealed class Listening(Ear ear)
    {
        private const int BufferSamples = 4096;

        private short[]? buffer;
        private IListening? stream;
        private PilotDetector? detector;
        private volatile bool heard;
        private volatile bool ended;

        /// <summary>The driver was asked to open it, or will be when it comes back.</summary>
        internal bool IsAsked { get; set; }

        /// <summary>Whether the pilot came in.</summary>
        public bool Heard => heard;

        /// <summary>Takes in what sounded since the last time.</summary>
        /// <exception cref="IOException">The microphone went away, or its driver blocks.</exception>
        public Task HearAsync(CancellationToken stop) => heard || ended ? Task.CompletedTask : ear.DoAsync("Listening", ReadLimit, Hear, stop);

        /// <summary>Closes it, behind whatever the driver does now; returns at once.</summary>
        public void End()
        {
            if (!ended)
            {
                ended = true;
                ear.CloseBehind(() => stream?.Dispose());
            }
        }

        internal void Open(IMicrophone microphone)
        {
            (stream, buffer) = (microphone.Listen(), new short[BufferSamples]);
            detector = new PilotDetector(stream.Rate);
        }

        private void Hear()
        {
            while (!ended && !heard && stream!.Read(buffer) is var count and > 0)
            {
                detector!.Feed(buffer.AsSpan(0, count));
                heard = detector.Heard;
            }
        }
    }
}
