using System.Globalization;
using MotCua.Protocols;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Enrolment;

/// <summary>How the boxes reach the province.</summary>
/// <param name="ProvincePem">The province's public key, which its acknowledgements and commands are checked with.</param>
/// <param name="ProvinceFingerprint">See <see cref="KeyFingerprint"/>.</param>
internal sealed record CentreUplink(string Host, int Port, string ProvincePem, string ProvinceFingerprint);

/// <summary>What an installer carries to a box: a folder of the centre's name, which <c>edge enrol --take</c> reads.</summary>
internal sealed record CentreBundle(CentreId Centre, CentreUplink Uplink, string CaPem, string CertificatePem, DateTimeOffset Until)
{
    /// <returns>The private key of an earlier bundle, which may not have reached its box yet; null when there is none.</returns>
    public static string? HoldsKey(string parent, CentreId centre) => Path.Combine(parent, centre.Value, BundleFiles.Key) is var file && File.Exists(file) ? file : null;

    /// <param name="parent">The folder is made in here; an older bundle of the same centre is replaced.</param>
    /// <param name="key">PEM; null when the box has made its own, and <see cref="HoldsKey"/> finds none.</param>
    public void Write(string parent, string? key)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, Centre.Value)).FullName;
        Put(BundleFiles.Ca, CaPem);
        Put(BundleFiles.Certificate, CertificatePem);
        Put(BundleFiles.Province, Uplink.ProvincePem);
        Put(BundleFiles.Uplink, Yaml());
        Put("DOC-TRUOC.txt", Words(hasKey: key is not null));
        if (key is not null)
        {
            TrustFile.Write(Path.Combine(folder, BundleFiles.Key), key, TrustFile.OwnerOnly, mayReplace: true);
        }

        void Put(string name, string text) => TrustFile.Write(Path.Combine(folder, name), text, TrustFile.Everyone, mayReplace: true);
    }

    private string Yaml() => string.Create(CultureInfo.InvariantCulture, $$"""
        # Đường truyền về tỉnh của {{Centre}}. «edge enrol --take» đặt phần này vào centre.yaml; tên tệp tính từ thư mục của centre.yaml.
        mqtt:
          host: "{{Uplink.Host}}"
          port: {{Uplink.Port}}
          province-key: {{BundleFiles.Province}}
          tls: { ca: {{BundleFiles.Ca}}, cert: {{BundleFiles.Certificate}}, key: {{BundleFiles.Key}} }
        """);

    private string Words(bool hasKey) => string.Create(CultureInfo.InvariantCulture, $"""
        CHỨNG THƯ CỦA TRUNG TÂM {Centre}
        Hết hạn: {Until:dd/MM/yyyy}. Máy chủ MQTT: {Uplink.Host}, cổng {Uplink.Port}.

        Làm tại hộp của trung tâm:
        1. Cắm USB có thư mục này vào hộp.
        2. Tìm tên của USB rồi mở nó:
             lsblk -o NAME,SIZE,LABEL,MOUNTPOINTS
             sudo mkdir -p /media/usb
             sudo mount /dev/sda1 /media/usb
           Thay sda1 bằng tên có đúng dung lượng của USB ở cột NAME. Cột MOUNTPOINTS đã có đường dẫn thì USB mở rồi: dùng đường dẫn đó thay /media/usb.
        3. Chạy:
             sudo edge enrol --take /media/usb/{Centre}
           Lệnh này kiểm tra chứng thư đúng là của hộp, chép vào /etc/motcua và nối centre.yaml với máy chủ của tỉnh.
        4. Chạy:
             sudo systemctl restart motcua-edge
           Sau một phút, trang của hộp và trang của tỉnh báo đã kết nối.
        {(hasKey
            ? "5. XÓA thư mục này khỏi USB: tệp centre.key là khóa riêng, ai có nó thì giả làm trung tâm được.\n   Nếu USB bị mất, báo tỉnh thu hồi và cấp lại."
            : "5. Thư mục này không có bí mật: khóa riêng nằm trong hộp, không ở đây.")}
        6. Chạy rồi rút USB:
             sudo umount /media/usb

        Hộp báo sai cặp hoặc thiếu khóa: chạy lệnh sau rồi gửi tệp {Centre}.csr cho tỉnh; tỉnh gửi lại một thư mục mới.
             sudo edge enrol --out /media/usb
        Tỉnh đã thu hồi chứng thư, hoặc khóa có thể đã lộ: thêm --new-key để hộp tạo khóa mới. Khóa đang dùng vẫn chạy đến khi nhận thư mục mới.
             sudo edge enrol --out /media/usb --new-key
        Hộp báo thư mục là của tỉnh khác: gọi tỉnh theo số đã biết, so dấu khóa mà hộp in ra, đúng thì chạy lại bước 3 và thêm --new-province.

        Lấy số, gọi số và đọc loa vẫn chạy trong lúc làm. Trước ngày hết hạn 30 ngày, hộp báo để xin chứng thư mới; làm lại đúng các bước trên.
        """);
}
