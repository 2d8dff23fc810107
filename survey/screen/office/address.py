"""The address phones are given: what is wrong with it, and why no phone may have come yet."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

ONLY_HERE = (
    "Only this computer can open this address. Phones cannot. Set HOUSELIGHTS_PUBLIC_URL to an address they can reach, "
    "then start Houselights again and print the poster again."
)
NO_NETWORK = (
    "This computer has no proper network: the address was made up by the computer itself. Join the venue's network, "
    "then start Houselights again and print the poster again."
)
SAME_NETWORK = (
    "Only phones on the same network as this computer can open this address. Phones on mobile data cannot. "
    "Print the Wi-Fi's name on the poster, or set HOUSELIGHTS_PUBLIC_URL to a public address."
)
LOCAL_NAME = (
    "This name is known on the local network only, and many phones will not find it. "
    "Set HOUSELIGHTS_PUBLIC_URL to a public address, and try it with a phone before you print."
)
CAUSES = (
    (
        "A private address",
        "It works on the venue's network only. A phone on mobile data waits and gives up. Put the phone on the Wi-Fi, "
        "or use a public address.",
    ),
    (
        "Guest Wi-Fi that keeps devices apart",
        "Many guest networks let phones out to the internet but not to each other. Ask for a network without "
        "“client isolation”, or bring a small router.",
    ),
    (
        "A firewall on this computer",
        "It may drop visitors it does not know. Allow incoming connections to Houselights’ port.",
    ),
    (
        "A sleeping laptop",
        "When it sleeps, the address sleeps too. Plug it in and switch off sleep until the audience has gone home.",
    ),
)
"""Why no phone may have reached the address: what it is, and what to do."""
LOCAL_ENDINGS = (".local", ".lan", ".home", ".internal", ".intranet", ".corp", ".home.arpa", ".test")


def address_warning(public_url: str) -> str | None:
    """Return what is wrong with the address phones are given, and what to do; None when anyone may reach it."""
    host = (urlsplit(public_url).hostname or "").rstrip(".").lower()
    try:
        address = ip_address(host.split("%")[0])
    except ValueError:
        if host == "localhost" or host.endswith(".localhost"):
            return ONLY_HERE
        return LOCAL_NAME if "." not in host or host.endswith(LOCAL_ENDINGS) else None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback or address.is_unspecified:
        return ONLY_HERE
    if address.is_link_local:
        return NO_NETWORK
    return None if address.is_global else SAME_NETWORK
