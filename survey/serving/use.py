"""What counts as use of a page: a person's act, not a page that refreshes itself while nobody looks."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg


def counts_as_use(message: bytes) -> bool:
    """Say whether a message from a page was sent by somebody's act."""
    sent = BackMsg()
    try:
        sent.ParseFromString(message)
    except DecodeError:
        return False
    return sent.WhichOneof("type") != "rerun_script" or not sent.rerun_script.is_auto_rerun
