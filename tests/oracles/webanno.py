"""WebAnno TSV 3.3 as INCEpTION reads it, after its description: over UTF-16 units, row by row."""

from __future__ import annotations

import re

READABLE = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b", "\\": "\\"}
Found = tuple[str, list[tuple[str, list[str], list[tuple[str, str]]]]]


def document(content: str, feature: int) -> Found:
    """The text, and of each sentence its id, its tokens, and the texts and values of its annotations.

    Args:
        content: The file.
        feature: Which column of annotations holds the values, counted from 0.
    """
    lines = re.split(r"\r\n|\r|\n", content)  # as java.io.LineNumberReader does it
    assert lines.pop(0) == "#FORMAT=WebAnno TSV 3.3"
    n_columns = 0
    while lines[0]:
        header = lines.pop(0)
        assert header.startswith("#T_SP=")
        n_columns += header.count("|")
    assert lines.pop(0) == ""
    text = b""
    sentences: list[tuple[str, list[tuple[int, int]], dict[str, tuple[int, int, str]]]] = []
    pending: list[str] = []
    sid = ""
    seen: set[str] = set()
    for line in lines:
        if line.startswith("#Sentence.id="):
            sid = plain(line.partition("=")[2])
        elif line.startswith("#Text="):
            pending.append(plain(line.partition("=")[2]))
        elif line:
            cells = line.split("\t")
            assert len(cells) >= 3 + n_columns
            begin, end = map(int, cells[1].split("-"))
            if pending:
                number = len(sentences) + 1
                # One line feed ends the sentence before, another is only written where there is room.
                at = len(text) // 2
                if at > begin:
                    assert at == begin + 1
                    text = text[:-2]
                text += "  ".encode("utf-16-le")[:2] * (begin - len(text) // 2)
                text += "".join(f"{each}\n" for each in pending).encode("utf-16-le")
                pending = []
                sentences.append((sid, [], {}))
            _, tokens, marks = sentences[-1]
            tokens.append((begin, end))
            assert cells[0] == f"{number}-{len(tokens)}"
            value = cells[3 + feature]
            stack = [] if value == "_" else re.split(r"(?<!\\)\|", value)
            for place, each in enumerate(stack):
                match = None if each.endswith("\\]") else re.fullmatch(r"(.*)\[(\d+)\]", each)
                name = match[2] if match else f"alone {cells[0]} {place}"
                label = unescaped(match[1] if match else each)
                if name in marks:
                    assert marks[name][2] == label
                    assert marks[name][1] == tokens[-2][1], "an annotation leaves a word out"
                else:
                    assert name not in seen, "an id is there twice"
                    seen.add(name)
                marks[name] = marks[name][0] if name in marks else begin, end, label

    def piece(start: int, end: int) -> str:
        return text[2 * start : 2 * end].decode("utf-16-le")

    return text.decode("utf-16-le"), [
        (
            sid,
            [piece(*token) for token in tokens],
            sorted((piece(start, end), label) for start, end, label in marks.values()),
        )
        for sid, tokens, marks in sentences
    ]


def plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: READABLE.get(match[1], match[1]), text, flags=re.DOTALL)


def unescaped(value: str) -> str:
    """The reserved characters of a value are escaped by a backslash, `->` as one."""
    for reserved in "[]|_;*":
        assert not re.search(rf"(?<!\\)(?:\\\\)*{re.escape(reserved)}", value), value
    return re.sub(r"\\(->|.)", lambda match: {"t": "\t", "n": "\n"}.get(match[1], match[1]), value)
