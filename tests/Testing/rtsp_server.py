# An RTSP server that is none of ours: GStreamer's. It encodes the frames that come on its standard input and asks for a password with Digest.
# Called as: rtsp_server.py WIDTH HEIGHT FRAMES USER PASSWORD [SOUND], the last a file of samples (8,000 a second, 16 bits) that is played again and again. It prints its port, then runs until its input ends.
import os
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

width, height, frames, user, password = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
sound = open(sys.argv[6], "rb").read() if len(sys.argv) > 6 else b""
Gst.init(None)
newest = [bytes(width * height)]
ended = [False]

FILM = f"appsrc name=film is-live=true format=time do-timestamp=true caps=video/x-raw,format=GRAY8,width={width},height={height},framerate={frames}/1 ! videoconvert ! video/x-raw,format=I420"
# Not a test source: a stream whose parts disagree on whether one can seek in it is not played.
EAR = "appsrc name=ear is-live=true format=time do-timestamp=true caps=audio/x-raw,format=S16LE,rate=8000,channels=1,layout=interleaved"
HEAVY = "videotestsrc is-live=true pattern=smpte ! video/x-raw,format=I420,width=3840,height=2160,framerate=1/1"
MOUNTS = {
    "/h264": f"{FILM} ! x264enc tune=zerolatency speed-preset=ultrafast threads=1 key-int-max={2 * frames} ! rtph264pay name=pay0 pt=96 "
    f"{EAR} ! alawenc ! rtppcmapay name=pay1 pt=8",
    "/silence": f"{FILM} ! x264enc tune=zerolatency speed-preset=ultrafast threads=1 key-int-max={2 * frames} ! rtph264pay name=pay0 pt=96 "
    f"{EAR} ! mulawenc ! rtppcmupay name=pay1 pt=0",
    "/4k": f"{HEAVY} ! x265enc speed-preset=ultrafast tune=zerolatency key-int-max=2 option-string=pools=1:frame-threads=1 ! rtph265pay name=pay0 pt=96",
    "/call": f"{FILM} ! x264enc tune=zerolatency speed-preset=ultrafast threads=1 key-int-max={2 * frames} ! rtph264pay name=pay0 pt=96 "
    f"{EAR} ! mulawenc ! rtppcmupay name=pay1 pt=0",
    "/aac": f"{FILM} ! x264enc tune=zerolatency speed-preset=ultrafast threads=1 key-int-max={2 * frames} ! rtph264pay name=pay0 pt=96 "
    f"{EAR} ! voaacenc bitrate=24000 ! aacparse ! rtpmp4gpay name=pay1 pt=97",
    "/aac-silence": f"{FILM} ! x264enc tune=zerolatency speed-preset=ultrafast threads=1 key-int-max={2 * frames} ! rtph264pay name=pay0 pt=96 "
    f"{EAR} ! voaacenc bitrate=24000 ! aacparse ! rtpmp4gpay name=pay1 pt=97",
    "/theora": f"{FILM} ! theoraenc ! rtptheorapay name=pay0 pt=98",
    "/jpeg": f"{FILM} ! jpegenc ! rtpjpegpay name=pay0 pt=26",
}


def read():
    size = width * height
    while True:
        frame = sys.stdin.buffer.read(size)
        if len(frame) < size:
            ended[0] = True
            loop.quit()
            return
        newest[0] = frame


def feed(source, every, content):
    def push():
        return not ended[0] and source.emit("push-buffer", Gst.Buffer.new_wrapped(content())) == Gst.FlowReturn.OK

    if source is not None:
        GLib.timeout_add(every, push)


def spoken():
    at = 0
    while True:
        chunk = sound[at:at + 1600]
        at = at + 1600 if at + 1600 < len(sound) else 0
        yield chunk + bytes(1600 - len(chunk))


def noise():
    while True:
        # The high bytes of the samples stay near nothing: a quiet hall.
        yield bytes(b if i % 2 == 0 else (0, 255)[b & 1] for i, b in enumerate(os.urandom(1600)))


def silence():
    while True:
        yield bytes(1600)


def configure(_, media, path):
    element = media.get_element()
    feed(element.get_by_name("film"), 1000 // frames, lambda: newest[0])
    heard = silence() if path.endswith("silence") else spoken() if sound and path in ("/call", "/aac") else noise()
    feed(element.get_by_name("ear"), 100, lambda: next(heard))


server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
if user:
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "watcher")
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest(user, password, token)
    server.set_auth(auth)
for path, pipeline in MOUNTS.items():
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( {pipeline} )")
    factory.set_shared(True)
    if user:
        factory.add_role_from_structure(Gst.Structure.from_string("watcher, media.factory.access=(boolean)true, media.factory.construct=(boolean)true")[0])
    factory.connect("media-configure", configure, path)
    server.get_mount_points().add_factory(path, factory)
loop = GLib.MainLoop()
server.attach(None)
threading.Thread(target=read, daemon=True).start()
print(server.get_bound_port(), flush=True)
loop.run()
