using System.Runtime.InteropServices;
using static MotCua.Protocols.Mqtt.Mosquitto.LibC;

namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <content>The thread of a session.</content>
internal sealed unsafe partial class Session
{
    // A turn reads and sends at most this many before it looks at the other side again.
    private const int FairShare = 256;

    private static readonly TimeSpan FamilyShare = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(1.5);

    private NativeClient? client;
    private string? reason;
    private bool brokerClosed;
    private bool goodbyeSaid;
    private int told;

    private void Run()
    {
        try
        {
            using (client = new NativeClient(connection, this))
            {
                if (Reach())
                {
                    Drive();
                }
            }
        }
        catch (IOException e)
        {
            reason ??= e.Message;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            reason ??= Words.LibraryMissing;
        }
        finally
        {
            // After the handle is gone, so that the next attempt with the same client id never meets this one.
            connected = false;
            deadline!.Dispose();
            End(reason ?? "The connection ended.");
            wake.Dispose();
        }
    }

    /// <summary>Connects the socket. IPv4 first, then IPv6: the library's own order gives up after the first address when it does not block.</summary>
    private bool Reach()
    {
        string? first = null;
        foreach (var family in (ReadOnlySpan<string>)[NativeClient.OverIPv4, NativeClient.OverIPv6])
        {
            if (TryReach(family, out var why))
            {
                return true;
            }

            first ??= why;
        }

        reason = first ?? $"{connection.Host} has no address.";
        return false;
    }

    /// <param name="why">Null when the host has no address of this family.</param>
    private bool TryReach(string family, out string? why)
    {
        why = null;
        if (stopping || Volatile.Read(ref goodbyeAt) != 0)
        {
            return false;
        }

        resolving = true;
        var result = client!.BeginConnect(family);
        var error = Marshal.GetLastPInvokeError();
        resolving = false;
        if (result > 0)
        {
            var wrongFamily = result == LibMosquitto.SystemError && error is InvalidArgument or FamilyNotSupported or AddressNotAvailable;
            why = wrongFamily ? null : Reached(tlsErrors ?? Words.Of(result, error));
            return false;
        }

        var started = time.GetTimestamp();
        while (!stopping && Volatile.Read(ref goodbyeAt) == 0 && time.GetElapsedTime(started) < FamilyShare)
        {
            var happened = Wait(client.Socket, PollOut, 500);
            if (happened == 0)
            {
                continue;
            }

            error = TakeSocketError(client.Socket);
            why = error != 0 ? Reached($"{Marshal.GetPInvokeErrorMessage(error)}.") : (happened & PollHangUp) != 0 ? Reached("Connection refused.") : null;
            return why is null;
        }

        why = Reached("no answer.");
        return false;
    }

    private string Reached(string answer) => $"{connection.Host}:{connection.Port}: {answer}";

    private void Drive()
    {
        Advance(client!.Read()); // Begins the TLS handshake; without TLS there is nothing to read yet.
        HearAlert();
        Advance(client.Write());
        while (!stopping && !brokerClosed && client.Socket >= 0)
        {
            var more = SendOrders();
            SayGoodbyeWhenSettled();
            var wanted = connected && client.WantsToWrite ? PollIn | PollOut : PollIn;
            var happened = brokerClosed || client.Socket < 0 ? 0 : Wait(client.Socket, (short)wanted, more ? 0 : connected && goodbyeAt == 0 ? 1000 : 100);
            if ((happened & (PollIn | PollError | PollHangUp)) != 0)
            {
                ReadAll(hungUp: (happened & (PollError | PollHangUp)) != 0);
            }

            // Before CONNACK nothing says that a TLS handshake has just ended and CONNECT may follow, so it is tried at every turn.
            if ((happened & PollOut) != 0 || !connected || goodbyeSaid)
            {
                HearAlert();
                Advance(client.Write());
            }

            Advance(client.CheckKeepAlive());
            Tell();
        }
    }

    // In TLS 1.3 a broker judges our certificate when we think that the handshake is over. It says why not and hangs up; writing into that would throw its reason away.
    private void HearAlert()
    {
        if (connection.Tls is not null && !connected && !brokerClosed && client!.Socket >= 0 && Wait(client.Socket, PollIn, 0) is var happened and not 0)
        {
            ReadAll(hungUp: (happened & (PollError | PollHangUp)) != 0);
        }
    }

    private void ReadAll(bool hungUp)
    {
        for (var i = 0; i < FairShare && !brokerClosed; i++)
        {
            var before = progress;
            Advance(client!.Read());
            if (progress == before)
            {
                // Nothing more to read. In a TLS handshake the library overlooks a broken socket and would be asked for ever.
                if (hungUp && !connected)
                {
                    Note(tlsErrors ?? "The broker closed the connection.");
                    brokerClosed = true;
                }

                return;
            }
        }
    }

    private void SayGoodbyeWhenSettled()
    {
        var asked = Volatile.Read(ref goodbyeAt);
        if (asked != 0 && !goodbyeSaid && (!connected || outbox.IsSettled || time.GetElapsedTime(asked) > SettleLimit))
        {
            goodbyeSaid = true;
            // Allowed before CONNACK too (MQTT 5, 3.1.4-5 note): the broker must not say the will of someone who changed his mind.
            Advance(client!.SayGoodbye());
        }
    }

    /// <summary>Takes the result of a library call.</summary>
    private void Advance(int result)
    {
        if (result > 0 && !brokerClosed)
        {
            var error = Marshal.GetLastPInvokeError();
            Note(tlsErrors ?? Words.Of(result, error));
            brokerClosed = true;
        }
    }

    private void Note(string why) => reason ??= why;

    /// <summary>Waits for the socket or the wake signal.</summary>
    /// <returns>What happened at the socket.</returns>
    private short Wait(int socket, short wanted, int timeoutMs)
    {
        var entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = socket, Asked = wanted };
        entries[1] = new PollEntry { Descriptor = wake.Descriptor, Asked = PollIn };
        if (poll(entries, 2, timeoutMs) < 0)
        {
            return 0; // Interrupted by a signal: the loop looks again.
        }

        if (entries[1].Happened != 0)
        {
            wake.Clear();
        }

        return entries[0].Happened;
    }

    // Outside native code: a handler is the owner's, and may take its time.
    private void Tell()
    {
        if (told != progress)
        {
            told = progress;
            Raise();
        }
    }
}
