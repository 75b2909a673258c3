// What the look-up page says besides the words of the kiosk. The procedures themselves are Vietnamese law and stay in Vietnamese.

const VI = {
  title: 'Tra cứu thủ tục', ask: 'Gõ tên thủ tục, không cần dấu',
  all: known => `Có ${known} thủ tục. Gõ vài chữ để tìm, không cần dấu.`,
  fitting: (fitting, shown) => fitting > shown ? `${fitting} thủ tục phù hợp, hiện ${shown} thủ tục gần nhất` : `${fitting} thủ tục phù hợp`,
  nothing: 'Không thấy thủ tục nào. Xin thử chữ khác, ngắn hơn, hoặc hỏi bàn hướng dẫn.',
  none: 'Trung tâm chưa có danh mục để tra cứu. Xin hỏi bàn hướng dẫn.',
  cut: 'Máy đang kết nối lại. Xin chờ giây lát, hoặc hỏi bàn hướng dẫn.',
  papers: 'Giấy tờ cần có', fee: 'Phí, lệ phí', days: 'Thời gian', basis: 'Căn cứ', field: 'Lĩnh vực',
  take: 'Lấy số cho thủ tục này', noTicket: 'Thủ tục này không lấy số ở đây. Xin hỏi bàn hướng dẫn.',
  list: 'Danh sách thủ tục', leave: 'Màn hình lấy số', blank: 'Dấu cách', clear: 'Xóa hết', letters: 'Bàn phím',
  machine: 'Xin lấy số ở máy lấy số của trung tâm.',
};

const EN = {
  title: 'Look up a procedure', ask: 'Type its name, accents are not needed',
  all: known => `${known} procedures. Type some letters, accents are not needed.`,
  fitting: (fitting, shown) => fitting > shown ? `${fitting} procedures fit, the nearest ${shown} are shown` : `${fitting} fit`,
  nothing: 'Nothing fits. Try other or fewer letters, or ask at the help desk.',
  none: 'This centre has no list to look up yet. Please ask at the help desk.',
  cut: 'The machine is reconnecting. Please wait a moment, or ask at the help desk.',
  papers: 'What to bring', fee: 'Fee', days: 'Time', basis: 'Law', field: 'Field',
  take: 'Get a number for this', noTicket: 'No number is given for this here. Please ask at the help desk.',
  list: 'All procedures', leave: 'Back to the ticket screen', blank: 'Space', clear: 'Clear', letters: 'Keyboard',
  machine: 'Please take a number at the machine in the hall.',
};

export const lookupWords = language => language === 'en' ? EN : VI;
