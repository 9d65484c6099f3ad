"""Trades as firms have them: real classes of GB/T 4754-2017, few of them common, most rare."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

_TABLE = """
C 131:2349 132:19 136:1239 137:123 139:1239 141:19 142:12 143:1239 149:12459 151:123459 152:123479
C 153:0 171:123 181:09 211:0 219:0 221:12 222:1 223:19 231:129 232:0 261:12349 262:123459 264:12
C 265:1239 266:1239 271:0 272:0 273:0 274:0 275:0 276:1 277:0 291:12349 292:1234569 301:129
C 302:12349 303:123479 331:12 332:1249 334:0 335:129 338:129 339:129 341:1239 342:12459 343:12349
C 344:12346 345:123 346:12346 348:123459 351:1234 352:1235 354:1256 357:1259 358:1246 361:12
C 367:0 381:1239 382:12349 383:1239 385:123456 387:1249 391:1239 392:12 395:123 396:9
C 397:1234569 398:12359 401:123459 402:1239 405:0
F 511:123479 512:123467 513:12379 514:1234579 515:1234 516:1234567 517:123456789 518:19 519:1239
F 521:129 522:123469 523:12345679 524:1235679 525:1234 526:1256 527:1234 528:1236789 529:124579
L 711:1249 721:1259 722:129 723:129 724:123459 725:19 726:1239 727:129 728:1249 729:1269
I 631:129 632:12 641:0 642:129 643:129 644:0 645:0 649:0 651:1239 652:0 653:12 654:0 655:0
I 656:0 657:129 659:19
M 731:0 732:0 733:0 734:0 735:0 741:0 744:09 745:1239 746:1239 747:1239 748:1245 749:129 751:1239
M 752:0 753:0 759:0
E 471:0 472:0 479:0 481:1239 484:0 485:12 489:19 491:0 492:0 499:9 501:123 502:12 503:0 509:0
G 541:129 543:1234579 544:1239 581:0 582:129 591:0 592:0 593:0 599:0 601:0 602:0 609:0
A 011:1239 012:123 014:1239 015:1239 016:4 017:0 021:2 022:0 031:1349 032:1239 033:0 039:29 041:2
A 051:129 052:1 053:9
S 952:12 951:9 953:0 954:12
Q 841:1236 842:1235 843:12 849:9 851:12456 852:129
P 831:0 832:1 833:146 834:1 835:0 839:1239
K 701:0 702:0 703:0 704:0 709:0
O 801:0 802:0 803:0 804:0 805:13 806:0 808:0 809:0 811:1234 812:129 813:12 819:1239 821:19 829:0
R 862:123 873:0 881:0 883:0 892:9 893:0 901:1239 902:0 903:0
H 611:0 612:19 613:0 619:0 621:0 622:0 623:1239 624:12 629:19
J 662:1 663:29 676:0 681:24 685:1 694:0 699:9
N 762:0 772:1249 781:0 782:0 784:0 785:0 786:2
D 441:1579 442:0 443:0 451:1 461:0 462:0
B 101:1239 102:0 103:0 109:9
"""
"""Section, groups and the last digits of their classes; sections from common to rare."""
_SECTIONS = 0.8
"""How fast sections become rare; divisions, groups and classes do as the first over their rank."""

Codes = NDArray[np.str_]


def _codes() -> list[str]:
    """Return all classes, the common ones of each section, division and group first."""
    found = []
    for line in _TABLE.split("\n"):
        section, *groups = line.split() or [""]
        for group in groups:
            number, _, digits = group.partition(":")
            found += [f"{section}{number}{digit}" for digit in digits]
    return found


def _weights() -> tuple[Codes, NDArray[np.float64]]:
    """Return each class and how common it is."""
    codes = _codes()
    shares: dict[str, float] = {}
    for length, falls in ((1, _SECTIONS), (3, 1.0), (4, 1.0), (5, 1.0)):
        heads = list(dict.fromkeys(code[:length] for code in codes))
        for _, siblings in groupby(heads, key=lambda head: head[: _ABOVE[len(head)]]):
            names = list(siblings)
            ranks = 1.0 / np.arange(1, len(names) + 1) ** falls
            for name, share in zip(names, ranks / ranks.sum(), strict=True):
                shares[name] = float(share) * shares.get(name[: _ABOVE[length]], 1.0)
    return np.array(codes), np.array([shares[code] for code in codes])


_ABOVE = {1: 0, 3: 1, 4: 3, 5: 4}
"""Letters and digits of a code → those of the level above it."""
CODES, _SHARE = _weights()


def draw_trades(count: int, random: Generator) -> Codes:
    """Return the trades of so many units."""
    return random.choice(CODES, count, p=_SHARE)


def common_section(random: Generator) -> str:
    """Return the section that a park is known for: one of the five most common."""
    return str(random.choice(list(dict.fromkeys(code[0] for code in CODES))[:5]))


def draw_trades_of(section: str, count: int, random: Generator) -> Codes:
    """Return the trades of so many units of one section."""
    there = np.char.startswith(CODES, section)
    share = np.where(there, _SHARE, 0.0)
    return random.choice(CODES, count, p=share / share.sum())
