"""Colours that can be read: contrast, print in grey, colour-blindness."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pytest

from sheets_sync.ledger.result import Status
from sheets_sync.views.palette import PALETTE, REMOVED, STATUS_STYLE
from sheets_sync.views.tab import Style

Colour = npt.NDArray[np.float64]

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE_POINT = np.array([0.9505, 1.0, 1.089])

SIGHT = {
    "as most people see": np.eye(3),
    # Machado, Oliveira and Fernandes, 2009, severity 1.0
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

STATUS_STYLES = list(dict.fromkeys(STATUS_STYLE.values()))


def linear(colour: str) -> Colour:
    share = np.array([int(colour[at : at + 2], 16) for at in (0, 2, 4)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast of WCAG 2.1: 1 for alike, 21 for black on white."""
    light, dark = sorted((float(linear(c) @ LUMINANCE) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: Colour) -> Colour:
    ratio = TO_XYZ @ np.clip(colour, 0, 1) / WHITE_POINT
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def fill(style: Style) -> str:
    found = PALETTE[style].fill
    assert found
    return found


def test_every_style_has_a_look() -> None:
    assert set(PALETTE) == set(Style)


def test_every_status_has_a_colour() -> None:
    assert set(STATUS_STYLE) == {*map(str, Status), REMOVED}


@pytest.mark.parametrize("style", list(Style))
def test_every_text_can_be_read(style: Style) -> None:
    look = PALETTE[style]
    assert contrast(look.ink, look.fill or "FFFFFF") >= 4.5


@pytest.mark.parametrize("sight", SIGHT.values(), ids=SIGHT)
def test_statuses_can_be_told_apart(sight: Colour) -> None:
    """A difference of 2.3 is just noticeable."""
    for one, other in combinations(STATUS_STYLES, 2):
        distance = np.linalg.norm(lab(sight @ linear(fill(one))) - lab(sight @ linear(fill(other))))
        assert distance >= 12, (one, other)


def test_in_grey_the_gravest_is_the_darkest() -> None:
    order = [Style.PURPLE, Style.RED, Style.ORANGE, Style.BLUE, Style.GREY, Style.YELLOW, Style.GREEN]
    lightness = [float(lab(linear(fill(style)))[0]) for style in order]
    assert set(order) == set(STATUS_STYLES)
    assert all(lighter - darker >= 4 for darker, lighter in pairwise(lightness))
