namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>Puts together those pictures of a track that stand by themselves.</summary>
internal interface IPictureParts : IDisposable
{
    /// <summary>Pictures that were cut off or too large, or came while others took all the room.</summary>
    long Spoilt { get; }

    /// <summary>Takes what the description says of the pictures.</summary>
    void TakeSets(IReadOnlyDictionary<string, string> parameters);

    /// <param name="isDue">A picture is wanted; otherwise one may pass by unread.</param>
    /// <returns>Whether a whole picture is there; it holds until the next call.</returns>
    bool Take(in RtpPacket packet, bool isDue = true);

    /// <summary>The whole picture as a decoder takes it at any time, in order; no copy of it is made.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> Parts();

    /// <summary>The picture was used.</summary>
    void Drop();
}
