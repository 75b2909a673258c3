using System.Xml;
using System.Xml.Linq;

namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <summary>Reads the XML of strangers: no document types, no entities, nothing fetched, and not more than a camera has to say.</summary>
internal static class BoundedXml
{
    /// <summary>A list of profiles of a camera with many streams has some 60 KB.</summary>
    public const int MostBytes = 128 * 1024;

    private const int MostDepth = 64;

    /// <exception cref="InvalidDataException">Not XML, or none that is taken.</exception>
    /// <param name="mostBytes">Longer ones are not read.</param>
    public static XElement Read(ReadOnlyMemory<byte> bytes, int mostBytes = MostBytes)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = mostBytes, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true,
        };
        try
        {
            CheckDepth(bytes, settings);
            using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray()), settings);
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            // The message of the parser quotes what came.
            throw new InvalidDataException($"XML sai, dòng {e.LineNumber}", e);
        }
    }

    // A tree is walked by recursion later, so one that is too deep is not built.
    private static void CheckDepth(ReadOnlyMemory<byte> bytes, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes.ToArray()), settings);
        while (reader.Read())
        {
            if (reader.Depth > MostDepth)
            {
                throw new InvalidDataException("XML lồng nhau quá sâu");
            }
        }
    }
}
