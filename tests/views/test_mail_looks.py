"""Mails in a real browser: nothing to scroll sideways at 360 px, light and dark as the reader has it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sheets_sync.state import Told
from sheets_sync.views.letter_html import DARK, LIGHT
from tests.findings.a_school import CRUZ
from tests.views.mail_scenes import busy_night, night, night_of_changes

pytestmark = pytest.mark.chromium

MEASURE = """<script>
const page = getComputedStyle(document.body), card = document.querySelector(".card");
document.title = [
  document.documentElement.scrollWidth, innerWidth, page.backgroundColor, page.color,
  getComputedStyle(card).backgroundColor, Math.round(card.getBoundingClientRect().right),
].join(" | ");
</script></body>"""
LIGHT_SCHEME, DARK_SCHEME = 1, 0


def measured(html: str, folder: Path, width: int, scheme: int) -> list[str]:
    """Open the mail in a frame of this width and return what MEASURE says."""
    (folder / "mail.html").write_text(html.replace("</body>", MEASURE), encoding="utf-8")
    frame = f"""<!DOCTYPE html><html><head><style>:root {{ color-scheme: light dark; }}</style></head><body>
<iframe src="mail.html" width="{width}" height="2000" style="border: 0"
  onload="document.body.append(this.contentDocument.title)"></iframe></body></html>"""
    (folder / "frame.html").write_text(frame, encoding="utf-8")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    done = subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--allow-file-access-from-files",
            f"--user-data-dir={folder / 'profile'}",
            f"--blink-settings=preferredColorScheme={scheme}",
            "--window-size=1200,2200",
            "--dump-dom",
            (folder / "frame.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = re.search(r"</iframe>(.*?)</body>", done.stdout, re.DOTALL)
    assert found, done.stdout
    return found[1].strip().split(" | ")


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


@pytest.mark.parametrize(("width", "scheme"), [(360, LIGHT_SCHEME), (360, DARK_SCHEME), (900, LIGHT_SCHEME)])
def test_a_mail_fits_its_window_and_follows_the_readers_scheme(
    tmp_path: Path, width: int, scheme: int
) -> None:
    colours = LIGHT if scheme == LIGHT_SCHEME else DARK
    for told in (Told(), night(busy_night(), Told()).decision.told):
        mails = night(busy_night("11-03"), told)
        scroll, window, ground, text, card, right = measured(mails.mail(CRUZ).html, tmp_path, width, scheme)
        assert int(window) == width
        assert int(scroll) <= width
        assert int(right) <= width
        assert (ground, text, card) == (rgb(colours.page), rgb(colours.text), rgb(colours.card))


def test_a_mail_of_changes_fits_a_telephone(tmp_path: Path) -> None:
    before, after = night_of_changes()
    html = night(after, before=before).mail(CRUZ).html
    scroll, _, _, _, _, right = measured(html, tmp_path, 360, LIGHT_SCHEME)
    assert int(scroll) <= 360
    assert int(right) <= 360


def test_a_word_without_a_break_does_not_push_the_page_aside(tmp_path: Path) -> None:
    html = night(busy_night(), Told()).mail(CRUZ).html.replace("Speech therapy", "Speechtherapy" * 18)
    scroll, *_ = measured(html, tmp_path, 360, LIGHT_SCHEME)
    assert int(scroll) <= 360
