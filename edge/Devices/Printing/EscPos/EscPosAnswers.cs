using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Printing.EscPos;

/// <summary>What a printer says, one answer after another.</summary>
internal sealed class EscPosAnswers(IByteLine line, TimeProvider time)
{
    /// <summary>Bytes that nobody asked for are thrown away before a question, so many at most; more come from no printer.</summary>
    private const int MostStale = 4096;

    private const int BytesBehindAutomatic = 3;

    private readonly byte[] buffer = new byte[64];
    private int unread;
    private int at;

    /// <returns>Null when nothing came in time.</returns>
    /// <exception cref="PrinterRubbishException">It said what no ESC/POS printer says.</exception>
    public async ValueTask<(byte Value, ReplyKind Kind)?> NextAsync(TimeSpan atMost, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        var looked = false;
        for (var skip = 0; ;)
        {
            if (at == unread)
            {
                var left = atMost - time.GetElapsedTime(begun);
                if (looked && left <= TimeSpan.Zero)
                {
                    return null; // Bytes came all the while, and none of them was an answer.
                }

                looked = true;
                (at, unread) = (0, await line.ReadAsync(buffer, left > TimeSpan.Zero ? left : TimeSpan.Zero, stop));
                if (unread == 0)
                {
                    return null;
                }
            }

            var reply = buffer[at++];
            if (skip > 0)
            {
                skip--;
                continue;
            }

            switch (EscPosReplies.KindOf(reply))
            {
                case ReplyKind.Rubbish:
                    throw new PrinterRubbishException(line.Name, buffer.AsSpan(at - 1, unread - at + 1));
                case ReplyKind.Automatic:
                    skip = BytesBehindAutomatic;
                    break;
                case ReplyKind.RealTime or ReplyKind.InLine:
                    return (reply, EscPosReplies.KindOf(reply));
            }
        }
    }

    /// <summary>Throws away what it said to earlier questions, until it has been quiet for so long.</summary>
    /// <exception cref="PrinterRubbishException">It does not stop.</exception>
    public async ValueTask ForgetAsync(TimeSpan quiet, CancellationToken stop)
    {
        (at, unread) = (0, 0);
        for (var stale = 0; stale < MostStale;)
        {
            var read = await line.ReadAsync(buffer, quiet, stop);
            if (read == 0)
            {
                return;
            }

            stale += read;
        }

        throw new PrinterRubbishException(line.Name, buffer);
    }
}
