using MotCua.Edge.Commands;
using MotCua.Edge.Trials;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Uplink;

/// <content>Commands and configurations of the province: words go to their desks, answers come from one.</content>
public sealed partial class UplinkLoop
{
    private readonly CommandDesk? commands;
    private readonly ConfigurationDesk? configurations;

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
            configurations?.Acknowledged(ack.UpTo);
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
