using System.Collections.Frozen;

namespace MotCua.Protocols.Faults;

/// <summary>How much a fault hurts citizens.</summary>
public enum Severity
{
    /// <summary>Nobody notices yet.</summary>
    Notice,

    /// <summary>Service is poorer.</summary>
    Warning,

    /// <summary>Citizens are not served, or not told.</summary>
    Critical,
}

/// <summary>A declared fault.</summary>
/// <param name="Code">Stable name, such as <c>device.not-answering</c>.</param>
/// <param name="DependsOn">Code of the fault that explains this one when both are present; null when nothing does.</param>
/// <param name="TimeToVisible">How long it must last before a person is told; shorter ones are counted only.</param>
/// <param name="Title">Vietnamese, for pages.</param>
/// <param name="WhatToDo">Vietnamese, one plain sentence for an untrained clerk.</param>
public sealed record FaultDeclaration(string Code, Severity Severity, string? DependsOn, TimeSpan TimeToVisible, string Title, string WhatToDo);

/// <summary>Every fault the product can raise, in one table.</summary>
public static class FaultCatalogue
{
    public static IReadOnlyList<FaultDeclaration> All { get; } =
    [
        new("device.not-answering", Severity.Warning, null, TimeSpan.FromSeconds(3), "Thiết bị không phản hồi",
            "Kiểm tra nguồn và dây nối của thiết bị; cắm lại, thiết bị sẽ tự hoạt động trở lại."),
        new("button.stuck", Severity.Warning, null, TimeSpan.Zero, "Nút bấm bị kẹt",
            "Nhấn nhả nút vài lần; nếu vẫn kẹt, tháo nắp nút và làm sạch hoặc thay nút."),
        new("button.noisy", Severity.Notice, null, TimeSpan.Zero, "Nút bấm bị nhiễu",
            "Kiểm tra dây nút bấm, để xa dây điện nguồn; nếu còn nhiễu, thay nút."),
        new("button.edges-lost", Severity.Notice, null, TimeSpan.Zero, "Dây nút bấm không báo đủ tín hiệu",
            "Nút vẫn dùng được nhưng chậm hơn; báo đội hỗ trợ kiểm tra dây và chân cắm của nút."),
        new("expander.interrupt-lost", Severity.Notice, null, TimeSpan.Zero, "Dây INT của bộ mở rộng nút không báo tín hiệu",
            "Nút vẫn dùng được, máy hỏi bộ mở rộng liên tục; kiểm tra dây từ chân INTA hoặc INTB tới chân interrupt ghi trong cấu hình, cắm chặt lại."),
        new("speech.engine-failed", Severity.Warning, null, TimeSpan.Zero, "Không tạo được giọng đọc",
            "Số vẫn hiện trên bảng; gọi công dân trực tiếp và báo đội hỗ trợ."),
        new("speech.engine-absent", Severity.Warning, null, TimeSpan.Zero, "Máy chưa có chương trình đọc",
            "Số vẫn hiện trên bảng; gọi công dân trực tiếp và báo đội hỗ trợ cài gói espeak-ng, espeak-ng-data hoặc sửa mục speech.command."),
        new("speech.speaker-failed", Severity.Warning, null, TimeSpan.Zero, "Loa không hoạt động",
            "Kiểm tra loa đã bật và dây âm thanh; số vẫn hiện trên bảng."),
        new("speech.speaker-busy", Severity.Warning, null, TimeSpan.FromSeconds(10), "Loa đang bị chương trình khác chiếm",
            "Tắt chương trình đang phát âm thanh trên máy này; nếu không có, ghi tên loa khác ở mục speech.speaker. Số vẫn hiện trên bảng."),
        new("speech.speaker-absent", Severity.Warning, null, TimeSpan.Zero, "Không thấy cạc âm thanh",
            "Cắm lại loa USB hoặc cạc âm thanh; nếu vẫn không thấy, lệnh «aplay -L» liệt kê tên để ghi vào mục speech.speaker. Số vẫn hiện trên bảng."),
        new("speech.library-absent", Severity.Warning, null, TimeSpan.Zero, "Máy chưa có thư viện âm thanh",
            "Báo đội hỗ trợ cài gói libasound2 rồi khởi động lại dịch vụ; số vẫn hiện trên bảng."),
        new("speaker.silent", Severity.Warning, "speech.speaker-failed", TimeSpan.Zero, "Loa phát nhưng không nghe thấy tiếng",
            "Bật bộ khuếch đại, vặn to và kiểm tra dây loa; số vẫn hiện và nhấp nháy trên bảng. Lỗi tự hết khi nghe lại được."),
        new("microphone.failed", Severity.Notice, null, TimeSpan.FromMinutes(1), "Micrô kiểm tra loa không hoạt động",
            "Loa vẫn đọc bình thường; cắm lại micrô, nếu vẫn lỗi thì báo đội hỗ trợ."),
        new("speech.overloaded", Severity.Notice, null, TimeSpan.Zero, "Quá nhiều lượt gọi chờ đọc",
            "Các lượt gọi vẫn hiện trên bảng; chờ loa đọc hết."),
        new("voice.pack-bad", Severity.Warning, null, TimeSpan.Zero, "Không dùng được gói giọng đọc",
            "Loa đọc bằng giọng máy; kiểm tra thư mục của gói bằng lệnh «voice check»."),
        new("voice.clip-bad", Severity.Notice, null, TimeSpan.Zero, "Gói giọng đọc có tệp âm thanh hỏng",
            "Từ đó được đọc bằng giọng máy; ghi lại tệp hoặc đổi sang WAV 16 bit một kênh."),
        new("voice.clips-missing", Severity.Notice, null, TimeSpan.Zero, "Gói giọng đọc còn thiếu từ",
            "Từ thiếu được đọc bằng giọng máy; lệnh «voice check» và trang Ghi giọng đọc liệt kê các từ cần ghi thêm."),
        new("voice.left-out", Severity.Warning, null, TimeSpan.Zero, "Có một thứ tiếng không đọc được",
            "Tiếng Việt vẫn được đọc; ghi thêm các từ còn thiếu của thứ tiếng đó ở trang Ghi giọng đọc."),
        new("voice.stand-in", Severity.Notice, null, TimeSpan.Zero, "Giọng đọc chính không trả lời, giọng dự phòng đang đọc",
            "Loa vẫn gọi số; báo đội hỗ trợ kiểm tra chương trình đọc ở mục speech.command."),
        new("printer.paper-out", Severity.Warning, null, TimeSpan.Zero, "Máy in hết giấy",
            "Lắp cuộn giấy mới, mặt nhạy nhiệt hướng lên đầu in; trong lúc chờ, số được hiện trên bảng và đọc qua loa."),
        new("printer.paper-near-end", Severity.Notice, null, TimeSpan.Zero, "Máy in sắp hết giấy",
            "Chuẩn bị cuộn giấy mới; máy vẫn in bình thường."),
        new("printer.cover-open", Severity.Warning, null, TimeSpan.FromSeconds(10), "Nắp máy in đang mở",
            "Đóng chặt nắp máy in; số vẫn được hiện trên bảng và đọc qua loa."),
        new("printer.cutter", Severity.Warning, null, TimeSpan.Zero, "Dao cắt của máy in bị kẹt",
            "Tắt máy in, mở nắp, lấy giấy kẹt ở dao ra, đóng nắp rồi bật lại."),
        new("printer.overheated", Severity.Notice, null, TimeSpan.FromSeconds(30), "Đầu in quá nóng",
            "Chờ vài phút, máy in tự hoạt động lại; không che khe thoát nhiệt."),
        new("printer.broken", Severity.Warning, null, TimeSpan.Zero, "Máy in bị hỏng",
            "Tắt máy in một phút rồi bật lại; nếu vẫn hỏng, báo đội hỗ trợ thay máy in."),
        new("printer.offline", Severity.Warning, null, TimeSpan.FromSeconds(3), "Máy in không nhận lệnh in",
            "Kiểm tra đèn báo trên máy in, nhấn nút FEED hoặc tắt rồi bật lại máy in."),
        new("printer.rubbish", Severity.Warning, null, TimeSpan.FromSeconds(3), "Máy in trả lời sai",
            "Tắt rồi bật lại máy in; nếu vẫn sai, báo đội hỗ trợ kiểm tra tốc độ cổng và loại máy in trong cấu hình."),
        new("printer.no-font", Severity.Warning, null, TimeSpan.Zero, "Không vẽ được chữ trên phiếu",
            "Số được hiện trên bảng và đọc qua loa; báo đội hỗ trợ cài gói libfreetype6 và fonts-dejavu-core."),
        new("printer.no-logo", Severity.Notice, null, TimeSpan.Zero, "Không đọc được tệp logo của phiếu",
            "Phiếu vẫn in, không có logo; sửa tệp logo theo dòng lỗi rồi khởi động lại."),
        new("printer.too-slow", Severity.Notice, null, TimeSpan.Zero, "Máy in không in kịp",
            "Số được hiện trên bảng và đọc qua loa; in lại cho công dân cần phiếu giấy."),
        new("speech.no-answer", Severity.Warning, null, TimeSpan.Zero, "Loa không báo đã đọc lượt gọi",
            "Số vẫn hiện và nhấp nháy trên bảng; gọi công dân trực tiếp và báo đội hỗ trợ."),
        new("guidance.bad-file", Severity.Notice, null, TimeSpan.Zero, "Tệp hướng dẫn không đọc được",
            "Mở lại tệp trong thư mục guidance: văn bản UTF-8 ngắn, hoặc bản ghi WAV, FLAC không quá 90 giây; các tệp khác vẫn được phát."),
        new("tv.away", Severity.Warning, null, TimeSpan.Zero, "Màn hình TV không kết nối",
            "Bật TV, mở trình duyệt ở địa chỉ /board/ và mã của TV, kiểm tra Wi-Fi hoặc dây mạng của TV; số vẫn hiện trên các bảng khác và được đọc qua loa."),
        new("tv.no-answer", Severity.Warning, "tv.away", TimeSpan.Zero, "Màn hình TV không báo đã hiện lượt gọi",
            "Nhìn TV: nếu số gọi không đúng, tải lại trang hoặc tắt TV rồi bật lại; số vẫn hiện trên các bảng khác và được đọc qua loa."),
        new("media.bad-file", Severity.Notice, null, TimeSpan.Zero, "Có tệp trong thư mục media không chiếu được lên TV",
            "Các tệp khác vẫn được chiếu; dùng ảnh JPG, PNG, WebP không quá 5 MB hoặc phim MP4, WebM không quá 200 MB, tên tệp không bắt đầu bằng dấu chấm."),
        new("climate.bad-reading", Severity.Notice, null, TimeSpan.FromMinutes(1), "Cảm biến nhiệt độ, độ ẩm trả số liệu sai",
            "Phục vụ không bị ảnh hưởng; kiểm tra dây cảm biến, nếu vẫn sai thì báo đội hỗ trợ thay."),
        new("clock.battery-empty", Severity.Notice, null, TimeSpan.Zero, "Đồng hồ pin đã đứng",
            "Thay pin CR2032 của đồng hồ DS3231; máy tự đặt lại giờ khi có mạng. Đồng hồ mới lắp lần đầu: chờ có mạng rồi khởi động lại máy, không cần thay pin."),
        new("neighbour.pc-silent", Severity.Notice, "neighbour.router-silent", TimeSpan.FromMinutes(2), "Máy tính không có mạng hoặc đang tắt",
            "Xem máy tính đã bật và dây mạng đã cắm; khởi động lại máy tính, nếu vẫn không được thì báo đội hỗ trợ."),
        new("neighbour.printer-silent", Severity.Warning, "neighbour.router-silent", TimeSpan.FromMinutes(2), "Máy in văn phòng không trả lời",
            "Bật máy in, kiểm tra dây mạng; tắt máy in 10 giây rồi bật lại, nếu vẫn không được thì báo đội hỗ trợ."),
        new("neighbour.router-silent", Severity.Warning, null, TimeSpan.FromMinutes(1), "Bộ định tuyến không trả lời",
            "Lấy số và gọi số vẫn chạy; kiểm tra đèn nguồn của bộ định tuyến, rút điện 10 giây rồi cắm lại, chờ 3 phút; nếu vẫn mất, báo đội hỗ trợ."),
        new("neighbour.internet-lost", Severity.Warning, "neighbour.router-silent", TimeSpan.FromMinutes(2), "Mất mạng Internet",
            "Lấy số và gọi số vẫn chạy; kiểm tra đèn của bộ định tuyến, rút điện 10 giây rồi cắm lại; nếu sau 5 phút vẫn mất, gọi nhà mạng và báo đội hỗ trợ."),
        new("neighbour.portal-silent", Severity.Warning, "neighbour.internet-lost", TimeSpan.FromMinutes(2), "Trang dịch vụ công không trả lời",
            "Mạng của trung tâm vẫn có; tiếp nhận hồ sơ giấy, thử lại sau ít phút và báo tỉnh."),
        new("neighbour.recorder-silent", Severity.Warning, "neighbour.router-silent", TimeSpan.FromMinutes(2), "Đầu ghi camera không trả lời",
            "Kiểm tra nguồn và dây mạng của đầu ghi; nếu vẫn không được, báo đội hỗ trợ vì camera có thể không ghi hình."),
        new("neighbour.silent", Severity.Notice, "neighbour.router-silent", TimeSpan.FromMinutes(2), "Thiết bị trong mạng không trả lời",
            "Kiểm tra nguồn và dây mạng của thiết bị; nếu vẫn không được, báo đội hỗ trợ."),
        new("neighbour.bad-answer", Severity.Notice, null, TimeSpan.FromMinutes(2), "Thiết bị hoặc trang mạng trả lời sai",
            "Có mạng nhưng dịch vụ đó chưa chạy đúng; khởi động lại thiết bị, nếu là trang mạng thì thử lại sau và báo đội hỗ trợ."),
        new("neighbour.ping-forbidden", Severity.Notice, null, TimeSpan.Zero, "Máy chưa được phép dùng ping",
            "Phục vụ không bị ảnh hưởng; báo đội hỗ trợ mở quyền ping theo hướng dẫn lắp đặt, hoặc đổi cách theo dõi sang tcp."),
        new("neighbour.certificate-ends", Severity.Notice, null, TimeSpan.Zero, "Chứng thư của trang mạng sắp hết hạn",
            "Chưa ảnh hưởng; báo tỉnh gia hạn chứng thư trước ngày ghi ở dưới."),
        new("neighbour.certificate-bad", Severity.Warning, null, TimeSpan.Zero, "Chứng thư của trang mạng không hợp lệ",
            "Không nhập mật khẩu khi trình duyệt cảnh báo; báo tỉnh kiểm tra trang và ngày giờ của máy tính."),
        new("neighbour.paper-out", Severity.Warning, null, TimeSpan.FromMinutes(1), "Máy in văn phòng hết giấy",
            "Nạp giấy A4 vào khay 1, đẩy khay vào hết; máy tự in tiếp."),
        new("neighbour.paper-low", Severity.Notice, null, TimeSpan.Zero, "Máy in văn phòng sắp hết giấy",
            "Nạp thêm giấy A4 khi vắng khách."),
        new("neighbour.toner-out", Severity.Warning, null, TimeSpan.FromMinutes(1), "Máy in văn phòng hết mực",
            "Thay hộp mực mới đúng loại; nếu không có sẵn, in ở máy khác và báo đội hỗ trợ."),
        new("neighbour.toner-low", Severity.Notice, null, TimeSpan.Zero, "Máy in văn phòng sắp hết mực",
            "Chuẩn bị hộp mực thay; lấy hộp ra lắc nhẹ có thể in thêm vài chục trang."),
        new("neighbour.paper-jam", Severity.Warning, null, TimeSpan.FromMinutes(1), "Máy in văn phòng kẹt giấy",
            "Mở nắp, rút giấy kẹt theo chiều giấy chạy, không giật mạnh; đóng nắp lại."),
        new("neighbour.door-open", Severity.Warning, null, TimeSpan.FromMinutes(1), "Nắp hoặc khay máy in văn phòng đang mở",
            "Đóng kín các nắp và khay giấy của máy in."),
        new("neighbour.printer-stopped", Severity.Warning, null, TimeSpan.FromMinutes(1), "Máy in văn phòng đang dừng",
            "Xem màn hình của máy in, bấm nút tiếp tục; lấy bớt giấy ở khay ra, nếu vẫn dừng thì tắt 10 giây rồi bật lại."),
        new("neighbour.printer-attention", Severity.Notice, null, TimeSpan.Zero, "Máy in văn phòng cần được xem lại",
            "Vẫn in được; khi vắng khách xem màn hình của máy in và làm theo, lấy bớt giấy ở khay ra."),
        new("journal.write-failed", Severity.Critical, null, TimeSpan.Zero, "Không ghi được vào thẻ nhớ",
            "Tạm phát số bằng tay; gọi đội hỗ trợ thay thẻ nhớ, không tắt máy."),
        new("journal.damaged", Severity.Warning, null, TimeSpan.Zero, "Nhật ký trên thẻ nhớ bị hỏng một phần",
            "Máy vẫn phục vụ, số có thể nhảy cóc; báo đội hỗ trợ thay thẻ nhớ."),
        new("journal.old-damage", Severity.Notice, null, TimeSpan.Zero, "Nhật ký cũ trên thẻ nhớ bị hỏng",
            "Phục vụ không bị ảnh hưởng; báo đội hỗ trợ kiểm tra thẻ nhớ."),
        new("journal.gap", Severity.Warning, null, TimeSpan.Zero, "Thẻ nhớ đầy, sự kiện cũ chưa gửi đã bị bỏ",
            "Kiểm tra đường truyền Internet; báo đội hỗ trợ."),
        new("uplink.lost", Severity.Notice, null, TimeSpan.FromMinutes(2), "Mất kết nối với tỉnh",
            "Vẫn phục vụ bình thường, dữ liệu sẽ tự gửi khi có mạng; kiểm tra dây mạng và bộ định tuyến."),
        new("uplink.refused", Severity.Warning, null, TimeSpan.Zero, "Tỉnh từ chối dữ liệu của trung tâm",
            "Báo đội hỗ trợ kiểm tra chứng thư và cấu hình."),
        new("uplink.history-differs", Severity.Critical, null, TimeSpan.Zero, "Nhật ký ở tỉnh khác nhật ký của trung tâm",
            "Thẻ nhớ có thể đã bị thay hoặc khôi phục; báo đội hỗ trợ."),
        new("config.bad", Severity.Warning, null, TimeSpan.Zero, "Tệp cấu hình có lỗi",
            "Máy vẫn chạy với cấu hình tốt gần nhất; sửa tệp theo các dòng lỗi rồi khởi động lại."),
        new("uplink.no-key", Severity.Warning, null, TimeSpan.Zero, "Không có khóa công khai của tỉnh",
            "Trung tâm vẫn phục vụ nhưng chưa nối về tỉnh; chép tệp khóa của tỉnh vào máy rồi khởi động lại."),
        new("pages.not-listening", Severity.Warning, null, TimeSpan.Zero, "Không mở được các trang màn hình",
            "Nút bấm, bảng và loa vẫn hoạt động; tắt chương trình khác đang dùng cổng này, trang sẽ tự mở lại."),
        new("press.dropped", Severity.Warning, null, TimeSpan.Zero, "Có lượt bấm nút không được nhận",
            "Mời công dân bấm lại; nếu còn xảy ra, thẻ nhớ có thể quá chậm, báo đội hỗ trợ."),
        new("loop.failed", Severity.Warning, null, TimeSpan.Zero, "Một phần chương trình gặp lỗi",
            "Chương trình tự thử lại; nếu kéo dài, khởi động lại máy và báo đội hỗ trợ."),
    ];

    private static readonly FrozenDictionary<string, FaultDeclaration> ByCode = All.ToFrozenDictionary(f => f.Code, StringComparer.Ordinal);

    /// <returns>The declaration; null when a newer edge reports a fault that this version does not know.</returns>
    public static FaultDeclaration? Find(string code) => ByCode.GetValueOrDefault(code);
}
