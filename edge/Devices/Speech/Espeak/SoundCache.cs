namespace MotCua.Edge.Devices.Speech.Espeak;

/// <summary>Keeps the sounds used last, within a budget of bytes. Thread-safe.</summary>
internal sealed class SoundCache(int budgetBytes)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Text, WavFile Sound)>> byText = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Text, WavFile Sound)> newestFirst = new();
    private int bytes;

    public WavFile? Find(string text)
    {
        lock (gate)
        {
            if (!byText.TryGetValue(text, out var node))
            {
                return null;
            }

            newestFirst.Remove(node);
            newestFirst.AddFirst(node);
            return node.Value.Sound;
        }
    }

    public void Keep(string text, WavFile sound)
    {
        lock (gate)
        {
            if (Cost(text, sound) > budgetBytes || byText.ContainsKey(text))
            {
                return;
            }

            byText[text] = newestFirst.AddFirst((text, sound));
            bytes += Cost(text, sound);
            while (bytes > budgetBytes && newestFirst.Last is { } oldest)
            {
                newestFirst.RemoveLast();
                byText.Remove(oldest.Value.Text);
                bytes -= Cost(oldest.Value.Text, oldest.Value.Sound);
            }
        }
    }

    private static int Cost(string text, WavFile sound) => sound.Bytes.Length + text.Length * sizeof(char);
}
