using MotCua.Edge.Commands;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Uplink;

/// <content>Commands of the province: words go to the desk, answers come from it.</content>
public sealed partial class UplinkLoop
{
    private readonly CommandDesk? commands;

    private void ListenTo(CommandDesk? desk)
    {
        if (desk is not null)
        {
            desk.Post.Answered += Wake.Set;
        }
    }

    private void TellCommands(Ack ack, DateTimeOffset signedAt)
    {
        if (ack.Epoch == reader.Epochs()[^1].Epoch)
        {
            commands?.Acknowledged(ack.UpTo, signedAt);
        }
    }

    private void SayAnswers()
    {
        foreach (var answer in commands?.Post.TakeAnswers() ?? [])
        {
            Say(source.Answer(answer));
        }
    }
}
