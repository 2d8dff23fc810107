"""Streamlit's frames, as far as the guard needs them: what counts as use of a page, and how to take leave of one."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def counts_as_use(frame: bytes) -> bool:
    """Say whether a frame from a page was sent by somebody's act, not by a page that refreshes itself."""
    sent = BackMsg()
    try:
        sent.ParseFromString(frame)
    except DecodeError:
        return False
    return sent.WhichOneof("type") != "rerun_script" or not sent.rerun_script.is_auto_rerun


def leave_for(path: str) -> bytes:
    """Return the frame that makes an open page leave for another: what it shows is not to stay on the screen."""
    frame = ForwardMsg()
    frame.auth_redirect.url = path
    return bytes(frame.SerializeToString())
