using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Enrolment;

/// <summary>The province's certificate authority: a folder with a key, what was given out and what was taken back. ECDSA on P-256 throughout.</summary>
/// <remarks>
/// Whoever has <see cref="KeyFile"/> can be any centre, so the folder does not belong on the broker's or the bridge's machine. Acknowledgements and commands are signed
/// with another key, the province's: whoever takes one of the two has not the other.
/// </remarks>
public sealed class Authority : IDisposable
{
    public const string CertificateFile = "ca.pem";

    public const string KeyFile = "ca.key";

    /// <summary>The revoked ones, for the broker (<c>crlfile</c>).</summary>
    public const string RevokedFile = "crl.pem";

    /// <summary>A centre's id holds no full stop, so no centre can be called as a bridge is, which may write to all.</summary>
    public const string BridgePrefix = "bridge.";

    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>A box without a clock battery starts in a year long gone, and would not believe a broker of today until it has a network time; so what a box judges was always valid.</summary>
    private static readonly DateTimeOffset Always = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What a broker judges: clocks of two machines differ.
    private static readonly TimeSpan Leeway = TimeSpan.FromDays(1);

    private readonly string folder;
    private readonly FileStream alone;
    private readonly ECDsa key;
    private readonly X509Certificate2 certificate;
    private readonly Register register;
    private readonly TimeProvider time;

    private Authority(string folder, FileStream alone, ECDsa key, X509Certificate2 certificate, TimeProvider time) =>
        (this.folder, this.alone, this.key, this.certificate, this.time, register) = (folder, alone, key, certificate, time, Register.Open(folder));

    /// <summary>Every certificate ever given out, the oldest first.</summary>
    public IReadOnlyList<IssuedCertificate> Issued => register.Rows;

    public DateTimeOffset Until => new(certificate.NotAfter.ToUniversalTime());

    public string CertificatePem => certificate.ExportCertificatePem();

    /// <summary>Of its key; see <see cref="KeyFingerprint"/>.</summary>
    public string Fingerprint => KeyFingerprint.Of(key);

    public string RevokedPem => File.ReadAllText(Path.Combine(folder, RevokedFile));

    /// <summary>Makes one. An existing one is never overwritten: every centre trusts it.</summary>
    /// <param name="name">For people, such as the province's name.</param>
    /// <exception cref="IOException">There is one already, or the folder takes no files.</exception>
    public static void Create(string folder, string name, TimeSpan life, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        if (((string[])[KeyFile, CertificateFile, RevokedFile, Register.FileName]).Any(name => File.Exists(Path.Combine(folder, name))))
        {
            throw new IOException($"{folder} holds an authority already; it is not overwritten.");
        }

        using var lockedFolder = Lock(folder);
        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(CentreRequest.NameOf(name), ownKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var own = request.CreateSelfSigned(Always, time.GetUtcNow() + life);
        TrustFile.Write(Path.Combine(folder, KeyFile), ownKey.ExportPkcs8PrivateKeyPem(), TrustFile.OwnerOnly, mayReplace: false);
        TrustFile.Write(Path.Combine(folder, CertificateFile), own.ExportCertificatePem(), TrustFile.Everyone, mayReplace: false);
        Register.Create(folder);
        using var made = new Authority(folder, lockedFolder, ownKey, own, time);
        made.WriteRevoked();
    }

    /// <exception cref="IOException">There is none, it is damaged, its list of certificates is missing or older than its list of revoked ones, or another command uses it.</exception>
    public static Authority Open(string folder, TimeProvider time)
    {
        if (!File.Exists(Path.Combine(folder, KeyFile)))
        {
            throw new IOException($"There is no authority in {folder}; 'cloud-bridge ca --out {folder}' makes one.");
        }

        var lockedFolder = Lock(folder);
        try
        {
            var ownKey = ECDsa.Create();
            ownKey.ImportFromPem(File.ReadAllText(Path.Combine(folder, KeyFile)));
            var own = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, CertificateFile)));
            var found = own.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(ownKey.ExportSubjectPublicKeyInfo())
                ? new Authority(folder, lockedFolder, ownKey, own, time)
                : throw new IOException($"{KeyFile} and {CertificateFile} in {folder} do not belong together.");
            found.RequireWholeRegister();
            return found;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            lockedFolder.Dispose();
            throw new IOException($"The authority in {folder} cannot be read: {e.Message}", e);
        }
        catch
        {
            lockedFolder.Dispose();
            throw;
        }
    }

    /// <summary>Signs certificates. They are on the list before anybody has them, so that what exists can be taken back.</summary>
    /// <returns>PEM, in the order of the wishes.</returns>
    /// <exception cref="IOException">The list cannot be written, a key was taken back before, or the authority itself has ended; nothing was given out.</exception>
    public IReadOnlyList<(IssuedCertificate Row, string Pem)> Issue(IReadOnlyList<CertificateWish> wishes, TimeSpan life)
    {
        var now = time.GetUtcNow();
        var until = now + life < Until ? now + life : Until;
        if (until <= now)
        {
            throw new IOException($"The authority ended on {Until:yyyy-MM-dd}; make a new one.");
        }

        var lost = register.Rows.Where(row => row is { Revoked: not null, Key: not null }).ToLookup(row => row.Key!);
        foreach (var wish in wishes)
        {
            if (lost[FingerprintOf(wish.Key)].FirstOrDefault() is { } row)
            {
                throw new IOException(
                    $"{wish.Name}: khóa này đã bị thu hồi ngày {row.Revoked:dd/MM/yyyy}, không cấp lại; tạo khóa mới tại hộp: sudo edge enrol --out THƯ-MỤC --new-key · this key was revoked, the box must make a new one");
            }
        }

        var made = wishes.Select(wish => Sign(wish, now, until)).ToList();
        register.Add(made.Select(one => one.Row));
        return made;
    }

    /// <summary>Takes back every certificate of a name that still holds, or one by its serial number, and writes the broker's list anew.</summary>
    /// <returns>How many.</returns>
    public int Revoke(string nameOrSerial)
    {
        var now = time.GetUtcNow();
        var revoked = register.Revoke(row => row.HoldsAt(now) && (row.Name == nameOrSerial || row.Serial.Equals(nameOrSerial, StringComparison.OrdinalIgnoreCase)), now);
        WriteRevoked();
        return revoked;
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
        alone.Dispose();
    }

    // Two commands at once would each write the list without the other's lines.
    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw new IOException($"Another command uses {folder}.", e);
        }
    }

    private (IssuedCertificate Row, string Pem) Sign(CertificateWish wish, DateTimeOffset now, DateTimeOffset until)
    {
        var isBroker = wish.Kind == CertificateKind.Broker;
        var request = new CertificateRequest(CentreRequest.NameOf(wish.Name), wish.Key, HashAlgorithmName.SHA256);
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        extensions.Add(new X509EnhancedKeyUsageExtension([new Oid(isBroker ? ServerAuth : ClientAuth)], critical: false));
        extensions.Add(new X509SubjectKeyIdentifierExtension(wish.Key, critical: false));
        extensions.Add(KeyIdentifier());
        if (isBroker)
        {
            extensions.Add(NamesOf(wish.Hosts));
        }

        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40); // Positive, and always as long (RFC 5280, 4.1.2.2).
        using var made = request.Create(certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), isBroker ? Always : now - Leeway, until, serial);
        return (new IssuedCertificate(wish.Kind, wish.Name, Convert.ToHexStringLower(serial), now, until, Revoked: null, FingerprintOf(wish.Key), string.Join(',', wish.Hosts)), made.ExportCertificatePem());
    }

    private static string FingerprintOf(PublicKey key) => KeyFingerprint.Of(key.ExportSubjectPublicKeyInfo());

    private static X509Extension NamesOf(IReadOnlyList<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names.Build();
    }

    private X509AuthorityKeyIdentifierExtension KeyIdentifier() =>
        X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single());

    // A list of certificates out of an old copy knows less than the broker: the next list of revoked ones would let somebody back in.
    private void RequireWholeRegister()
    {
        var file = Path.Combine(folder, RevokedFile);
        if (!File.Exists(file))
        {
            return;
        }

        var list = RevokedList.Read(file);
        var known = register.Rows.Where(row => row.Revoked is not null).Select(row => row.Serial).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (list.Number > known.Count + 1 || !list.Serials.All(known.Contains))
        {
            throw new IOException(
                $"{Path.Combine(folder, Register.FileName)}: cũ hơn {RevokedFile}, thiếu chứng thư đã thu hồi; chép lại bản mới nhất từ bản sao lưu · older than {RevokedFile}: a certificate that was revoked is missing; restore the newest copy");
        }
    }

    /// <remarks>The list holds for as long as the authority: a broker refuses everybody once its list has ended, and a province that forgot to renew it would lose all centres in one night.</remarks>
    private void WriteRevoked()
    {
        var now = time.GetUtcNow();
        var list = new CertificateRevocationListBuilder();
        var revoked = register.Rows.Where(row => row.Revoked is not null).ToList();
        foreach (var row in revoked)
        {
            list.AddEntry(Convert.FromHexString(row.Serial), row.Revoked);
        }

        // Later lists have greater numbers: each line is revoked once and never again lets go.
        var der = list.Build(
            certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), new BigInteger(revoked.Count + 1), Until, HashAlgorithmName.SHA256, KeyIdentifier(), now - Leeway);
        TrustFile.Write(Path.Combine(folder, RevokedFile), PemEncoding.WriteString("X509 CRL", der), TrustFile.Everyone, mayReplace: true);
    }
}
