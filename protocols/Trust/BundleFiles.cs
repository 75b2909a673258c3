namespace MotCua.Protocols.Trust;

/// <summary>Names of the files that the province hands to a centre; on the box they lie beside <c>centre.yaml</c> under the same names.</summary>
public static class BundleFiles
{
    /// <summary>The authority's certificate.</summary>
    public const string Ca = "ca.pem";

    /// <summary>The centre's certificate.</summary>
    public const string Certificate = "centre.pem";

    /// <summary>The centre's private key; not in the bundle when the box has made its own.</summary>
    public const string Key = "centre.key";

    /// <summary>What is added to a key's name while it waits for its certificate, so that the one in use stays in use.</summary>
    public const string NextKeySuffix = ".next";

    /// <summary>The province's public key, which acknowledgements and commands are checked with.</summary>
    public const string Province = "province.pub";

    /// <summary>The section <c>mqtt</c> of <c>centre.yaml</c>.</summary>
    public const string Uplink = "mqtt.yaml";
}
