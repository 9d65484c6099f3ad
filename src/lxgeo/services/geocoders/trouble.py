"""What can go wrong with a geocoder, and how it is told: never with a URL, a key or its own words.

A provider's sentence may repeat what it was sent, key included. So only the kind of the trouble and
a code of digits or of our own words go on.
"""

from __future__ import annotations

from enum import Enum

from lxgeo.errors import ServiceError, Words

_LONGEST = 12
"""Characters of a code that is told: fewer than any provider's key has."""


class Kind(Enum):
    """What is to be done about it."""

    BUSY = "busy"
    """Too many at once, or no answer: ask again after a pause."""
    GARBLED = "garbled"
    """No answer in the service's own format: a portal's page, half a JSON. Ask again."""
    QUOTA = "quota"
    """Nothing more today."""
    KEY = "key"
    """The key is wrong, or has no right to this."""
    REFUSED = "refused"
    """Anything else that asking again won't mend."""
    ADDRESS = "address"
    """This address (or one in this batch) is not taken."""
    BATCH = "batch"
    """Several addresses at once are not taken."""


class Trouble(Exception):  # noqa: N818 -- not all of it is an error in the end
    """A request that brought no answer.

    Parameters
    ----------
    kind
        What is to be done.
    code
        The service's number for it, or a word of ours: safe to show.
    wait_s
        How long the service asks to be left alone, where it does.
    """

    def __init__(self, kind: Kind, code: object = "", wait_s: float | None = None) -> None:
        text = str(code)
        self.kind = kind
        self.code = text if text.isascii() and len(text) <= _LONGEST and _plain(text) else ""
        self.wait_s = wait_s
        super().__init__(kind.value, self.code)


def _plain(text: str) -> bool:
    return all(character.isalnum() or character == " " for character in text)


_WHAT = {
    Kind.BUSY: Words(
        "多次请求都没有得到回答；请检查网络，稍后再运行",
        "several requests brought no answer; check the network and run again later",
    ),
    Kind.GARBLED: Words(
        "回来的不是它自己的格式（可能是登录页或代理页）；请检查网络和地址设置后再运行",
        "what came back is not in its format (a portal's or proxy's page?); check the network "
        "and the URL, and run again",
    ),
    Kind.QUOTA: Words(
        "今日配额已用完；明天或提高配额后再运行",
        "today's quota is used up; run again tomorrow or with a larger one",
    ),
    Kind.KEY: Words(
        "密钥无效或没有权限；请在平台控制台核对密钥、服务类型和 IP 白名单后再运行",
        "the key is not valid or has no right to this; check it, its kind and its IP list, "
        "and run again",
    ),
    Kind.REFUSED: Words(
        "请求被拒绝；请按错误码查平台文档后再运行",
        "the request is refused; look the code up in the provider's pages, and run again",
    ),
    Kind.ADDRESS: Words(
        "一开始的地址全都不被接受；请检查地址列后再运行",
        "none of the first addresses is taken; check the address column, and run again",
    ),
}


def service_error(label: Words, trouble: Trouble, done: int, left: int) -> ServiceError:
    """Return what a run that had to stop tells: who, why, what is kept, what to do."""
    what = _WHAT.get(trouble.kind, _WHAT[Kind.REFUSED])
    zh_code = f"（{trouble.code}）" if trouble.code else ""
    en_code = f" ({trouble.code})" if trouble.code else ""
    return ServiceError(
        Words(
            f"{label.zh}{zh_code}：{what.zh}。已得 {done} 条，已保存；还差 {left} 条，"
            "同一命令接着问，不重复",
            f"{label.en}{en_code}: {what.en}. {done} answered and kept, {left} to go: the same "
            "command goes on from there",
        )
    )
