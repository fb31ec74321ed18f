#!/usr/bin/python3
"""Draws a screen that tmux captured (`capture-pane -e -p -N`) as a PNG, and writes its characters as text.

The same capture gives the same bytes: palette, fonts and sizes are fixed, and no date goes in. Runs with the
system's Python, for which Debian has Pillow (python3-pil) and the font (fonts-dejavu-core).
"""

import argparse
import dataclasses
import re
import unicodedata

FOREGROUND, BACKGROUND = (0xD8, 0xDC, 0xE0), (0x16, 0x18, 0x1A)
PALETTE = [
    (0x1D, 0x1F, 0x21), (0xCC, 0x3B, 0x3B), (0x3F, 0x91, 0x42), (0xB5, 0x89, 0x00),
    (0x34, 0x65, 0xA4), (0x9B, 0x5F, 0xB0), (0x2A, 0x9D, 0x9D), (0xC8, 0xCC, 0xD0),
    (0x68, 0x6F, 0x76), (0xEF, 0x53, 0x50), (0x6A, 0xBF, 0x69), (0xE0, 0xB9, 0x3D),
    (0x6A, 0x9F, 0xD8), (0xC1, 0x8A, 0xD6), (0x5F, 0xC9, 0xC9), (0xFF, 0xFF, 0xFF),
]  # fmt: skip

# The same on a light terminal.
LIGHT_FOREGROUND, LIGHT_BACKGROUND = (0x24, 0x27, 0x2A), (0xFA, 0xFA, 0xF8)
LIGHT_PALETTE = [
    (0x24, 0x27, 0x2A), (0xB3, 0x1D, 0x28), (0x22, 0x6B, 0x2A), (0x8A, 0x5A, 0x00),
    (0x1F, 0x55, 0xA5), (0x7B, 0x3A, 0x94), (0x0F, 0x6E, 0x77), (0xB8, 0xBC, 0xC0),
    (0x60, 0x66, 0x6C), (0xCF, 0x22, 0x2E), (0x2D, 0x83, 0x36), (0x9A, 0x67, 0x00),
    (0x2F, 0x6C, 0xC4), (0x92, 0x4B, 0xB0), (0x1B, 0x7C, 0x83), (0x24, 0x27, 0x2A),
]  # fmt: skip

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono"
FONT_SIZE, MARGIN = 16, 10

# What a terminal draws for ASCII while its alternate character set is on (SO to SI).
ALTERNATE = dict(zip("`afgjklmnopqrstuvwxyz{|}~", "◆▒°±┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·"))

# Lines to the left, right, top and bottom edge of the cell: drawn, not taken from a font, so that they join.
BOXES = {
    "─": "lr", "│": "tb", "┌": "rb", "┐": "lb", "└": "rt", "┘": "lt", "├": "tbr", "┤": "tbl",
    "┬": "lrb", "┴": "lrt", "┼": "lrtb", "╭": "rb", "╮": "lb", "╰": "rt", "╯": "lt",
}  # fmt: skip

# Blocks, as the part of the cell that they fill: left, top, right, bottom.
BLOCKS = {
    "█": (0, 0, 1, 1), "▌": (0, 0, 0.5, 1), "▐": (0.5, 0, 1, 1), "▀": (0, 0, 1, 0.5), "▄": (0, 0.5, 1, 1),
}  # fmt: skip

TOKEN = re.compile(r"\x1b\[(?P<sgr>[0-9;:]*)m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|(?P<shift>[\x0e\x0f])|(?P<text>.)")


@dataclasses.dataclass(frozen=True)
class Style:
    """How a character looks; a colour is None where it is the terminal's own."""

    foreground: tuple | None = None
    background: tuple | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False

    def colours(self):
        """The colours to draw with, (foreground, background)."""
        front, back = self.foreground or FOREGROUND, self.background or BACKGROUND
        if self.reverse:
            front, back = back, front
        if self.dim:
            front = tuple(round(0.55 * a + 0.45 * b) for a, b in zip(front, back))
        return front, back


SWITCHES = {
    1: {"bold": True}, 2: {"dim": True}, 3: {"italic": True}, 4: {"underline": True}, 7: {"reverse": True},
    22: {"bold": False, "dim": False}, 23: {"italic": False}, 24: {"underline": False}, 27: {"reverse": False},
    39: {"foreground": None}, 49: {"background": None},
}  # fmt: skip


def colour(number):
    """A colour of the 256."""
    if number < 16:
        return PALETTE[number]
    if number >= 232:
        return (8 + (number - 232) * 10,) * 3
    steps = (0, 95, 135, 175, 215, 255)
    number -= 16
    return steps[number // 36], steps[number // 6 % 6], steps[number % 6]


def restyled(style, parameters):
    """The style after an SGR sequence."""
    numbers = [int(part or 0) for part in re.split("[;:]", parameters)]
    while numbers:
        number = numbers.pop(0)
        if number == 0:
            style = Style()
        elif number in SWITCHES:
            style = dataclasses.replace(style, **SWITCHES[number])
        elif number in (38, 48):
            side = "foreground" if number == 38 else "background"
            kind = numbers.pop(0)
            value = colour(numbers.pop(0)) if kind == 5 else tuple(numbers.pop(0) for _ in range(3))
            style = dataclasses.replace(style, **{side: value})
        else:
            for first, side, bright in ((30, "foreground", 0), (90, "foreground", 8),
                                        (40, "background", 0), (100, "background", 8)):  # fmt: skip
                if first <= number < first + 8:
                    style = dataclasses.replace(style, **{side: PALETTE[number - first + bright]})
    return style


def width(character):
    """How many cells a character takes."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def parsed(capture, rows):
    """The lines of the capture, each a list of (text, width, style)."""
    style, alternate, screen = Style(), False, []
    for line in capture.split("\n")[:rows]:
        cells = []
        for token in TOKEN.finditer(line):
            if token["sgr"] is not None:
                style = restyled(style, token["sgr"])
            elif token["shift"]:
                alternate = token["shift"] == "\x0e"
            elif token["text"]:
                character = ALTERNATE.get(token["text"], token["text"]) if alternate else token["text"]
                if width(character) or not cells:
                    cells.append((character, width(character), style))
                else:
                    text, columns, before = cells[-1]
                    cells[-1] = (text + character, columns, before)
        screen.append(cells)
    return screen


def text(screen):
    """The characters alone, without spaces at the end of a line."""
    return "".join("".join(cell[0] for cell in row).rstrip() + "\n" for row in screen)


def picture(screen, columns, rows):
    """The screen as a Pillow image."""
    from PIL import Image, ImageDraw, ImageFont  # only here: the text needs no package

    def font(face):
        return ImageFont.truetype(f"{FONTS}{face}.ttf", FONT_SIZE, layout_engine=ImageFont.Layout.BASIC)

    plain, bold = font(""), font("-Bold")
    ascent, descent = plain.getmetrics()
    cell_width, cell_height = round(plain.getlength("M")), ascent + descent
    size = columns * cell_width + 2 * MARGIN, rows * cell_height + 2 * MARGIN
    image = Image.new("RGB", size, BACKGROUND)
    draw = ImageDraw.Draw(image)

    for y, row in enumerate(screen):
        x = 0
        for character, cells, style in row:
            if x + cells > columns:
                break
            left, top = MARGIN + x * cell_width, MARGIN + y * cell_height
            right, bottom = left + cells * cell_width - 1, top + cell_height - 1
            front, back = style.colours()
            if back != BACKGROUND:
                draw.rectangle((left, top, right, bottom), fill=back)
            if style.underline:
                draw.line((left, top + ascent + 2, right, top + ascent + 2), fill=front)
            if character in BOXES:
                across, down = (left + right) // 2, (top + bottom) // 2
                ends = {"l": (left, down), "r": (right, down), "t": (across, top), "b": (across, bottom)}
                for edge in BOXES[character]:
                    draw.line((*ends[edge], across, down), fill=front)
            elif character in BLOCKS:
                a, b, c, d = BLOCKS[character]
                wide, high = right + 1 - left, bottom + 1 - top
                draw.rectangle((left + a * wide, top + b * high, left + c * wide - 1, top + d * high - 1), fill=front)
            elif character != " ":
                draw.text((left, top + ascent), character, font=bold if style.bold else plain, fill=front, anchor="ls")
            x += cells
    return image


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("capture")
    parser.add_argument("--size", required=True, metavar="COLUMNSxROWS")
    parser.add_argument("--png")
    parser.add_argument("--txt")
    parser.add_argument("--light", action="store_true", help="as on a terminal with a light background")
    options = parser.parse_args()
    if options.light:
        global FOREGROUND, BACKGROUND
        FOREGROUND, BACKGROUND, PALETTE[:] = LIGHT_FOREGROUND, LIGHT_BACKGROUND, LIGHT_PALETTE
    columns, rows = map(int, options.size.split("x"))
    with open(options.capture, encoding="utf-8", newline="") as file:
        screen = parsed(file.read(), rows)
    if options.txt:
        with open(options.txt, "w", encoding="utf-8") as file:
            file.write(text(screen))
    if options.png:
        picture(screen, columns, rows).save(options.png, optimize=True)


if __name__ == "__main__":
    main()
