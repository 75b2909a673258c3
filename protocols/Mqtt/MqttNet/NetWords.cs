using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MQTTnet.Exceptions;

namespace MotCua.Protocols.Mqtt.MqttNet;

/// <summary>Reasons for people, out of MQTTnet's exceptions and codes.</summary>
internal static class NetWords
{
    public const string Closed = "The broker closed the connection.";

    private const int Longest = 300;

    /// <param name="place">Host and port.</param>
    public static string Of(Exception e, string place)
    {
        // The cause stands innermost; around it MQTTnet says only what it was doing.
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "The host name cannot be resolved.",
                    SocketError.ConnectionReset or SocketError.Shutdown => Closed,
                    _ => Cut($"{place}: {socket.Message}."),
                };
            }

            if (cause is AuthenticationException tls)
            {
                return Cut($"TLS: {tls.Message}{(tls.InnerException is { } inner ? $" {inner.Message}" : "")}");
            }
        }

        return e is MqttCommunicationException or ObjectDisposedException or InvalidOperationException ? Closed : Cut(e.Message);
    }

    /// <summary>A reason code of MQTT 5, such as <c>NotAuthorized</c>, and what the broker adds.</summary>
    public static string Of(Enum code, string? reasonString)
    {
        var words = new StringBuilder();
        foreach (var letter in code.ToString())
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{letter}");
        }

        return Cut($"The broker says: {words} (0x{Convert.ToInt32(code):x2}).{(string.IsNullOrEmpty(reasonString) ? "" : $" {reasonString}")}");
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
