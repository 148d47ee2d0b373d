"""Sentence pairs that formats break on, each with why it is hard; all sentences are made up."""

from __future__ import annotations

from xner_core.export.sample import Annotation, Sample
from xner_core.types import Entity, Sentence, SentencePair, Span, WordAlignment

Marked = tuple[int, int, str]


def sample(
    sid: str,
    source: Sentence,
    target: Sentence,
    source_entities: tuple[Marked, ...] = (),
    target_entities: tuple[Marked, ...] = (),
    links: tuple[tuple[int, int], ...] = (),
    possible: tuple[tuple[int, int], ...] = (),
    matches: tuple[tuple[int, int], ...] = (),
    **more: object,
) -> Sample:
    """A sample from plain tuples."""
    said = Annotation(
        entities(*source_entities), entities(*target_entities), WordAlignment.of(links, possible), matches
    )
    return Sample(SentencePair(sid, source, target), said, **more)  # type: ignore[arg-type]


def entities(*marked: Marked) -> tuple[Entity, ...]:
    """Entities from plain tuples."""
    return tuple(sorted(Entity(Span(start, end), label) for start, end, label in marked))


def words(text: str, lang: str, *, running: str | None = None) -> Sentence:
    """A sentence from its words with spaces between them, and the text they were cut from if there is one."""
    return Sentence(tuple(text.split(" ")) if text else (), lang, text=running)


HARD_CASES: dict[str, Sample] = {
    each.pair.id: each
    for each in (
        sample(
            "emoji-before",
            words("😀 👍🏽 Ada met Grace .", "en"),
            words("😀 👍🏽 Ada traf Grace .", "de", running="😀👍🏽 Ada traf Grace."),
            ((2, 3, "PER"), (4, 5, "PER")),
            ((2, 3, "PER"), (4, 5, "PER")),
            ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)),
            matches=((0, 0), (1, 1)),
        ),
        sample(
            "joined-emoji",
            words("The 👨‍👩‍👧‍👦 visited 🏴󠁧󠁢󠁳󠁣󠁴󠁿 Leith", "en"),
            words("Die 👨‍👩‍👧‍👦 besuchte 🏴󠁧󠁢󠁳󠁣󠁴󠁿 Leith", "de"),
            ((3, 5, "LOC"),),
            ((3, 5, "LOC"),),
            ((0, 0), (3, 3), (4, 4)),
            matches=((0, 0),),
        ),
        sample(
            "two-directions",
            words("Samira pays 250 dollars to IBM in Cairo", "en"),
            words("تدفع سميرة 250 دولارا إلى IBM في القاهرة", "ar"),
            ((0, 1, "PER"), (5, 6, "ORG"), (7, 8, "LOC")),
            ((1, 2, "PER"), (5, 6, "ORG"), (7, 8, "LOC")),
            ((0, 1), (1, 0), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7)),
            matches=((0, 0), (1, 1), (2, 2)),
            status="approved",
            authors=("Nour",),
            updated="2026-02-03T04:05:06+00:00",
        ),
        sample(
            "conjuncts",
            words("Laxmi lives in Shravasti", "en"),
            words("लक्ष्मी श्रावस्ती में क्‍ष रहती है", "hi"),
            ((0, 1, "PER"), (3, 4, "LOC")),
            ((0, 1, "PER"), (1, 2, "LOC")),
            ((0, 0), (1, 4), (2, 2), (3, 1)),
            matches=((0, 0), (1, 1)),
        ),
        sample(
            "no-spaces",
            words("Malee works in Chiang Mai", "en"),
            words("มาลี ทำงาน ที่ เชียงใหม่", "th", running="มาลีทำงานที่เชียงใหม่"),
            ((0, 1, "PER"), (3, 5, "LOC")),
            ((0, 1, "PER"), (3, 4, "LOC")),
            ((0, 0), (1, 1), (2, 2), (3, 3), (4, 3)),
            matches=((0, 0), (1, 1)),
        ),
        sample(
            "no-spaces-no-text",
            words("Mei lives in Hong Kong", "en"),
            words("小梅 住 在 香港 。", "zh"),
            ((0, 1, "PER"), (3, 5, "LOC")),
            ((0, 1, "PER"), (3, 4, "LOC")),
            ((0, 0), (1, 1), (2, 2), (3, 3), (4, 3)),
            matches=((0, 0), (1, 1)),
        ),
        sample(
            "double-space",
            words("Oslo is cold .", "en", running="Oslo  is   cold ."),
            words("Oslo ist kalt .", "de", running="  Oslo ist  kalt.  "),
            ((0, 1, "LOC"),),
            ((0, 1, "LOC"),),
            ((0, 0), (1, 1), (2, 2), (3, 3)),
            matches=((0, 0),),
        ),
        sample(
            "line-breaks",
            words("Visit Rome today", "en", running="Visit\r\nRome\ttoday\n"),
            words("Besucht Rom heute", "de", running="Besucht\nRom\r\nheute"),
            ((1, 2, "LOC"),),
            ((1, 2, "LOC"),),
            ((0, 0), (1, 1), (2, 2)),
            matches=((0, 0),),
        ),
        sample(
            "entity-over-line-break",
            words("in New York now", "en", running="in New\nYork now"),
            words("jetzt in New York", "de", running="jetzt in New\r\nYork"),
            ((1, 3, "LOC"),),
            ((2, 4, "LOC"),),
            ((0, 1), (1, 2), (2, 3), (3, 0)),
            matches=((0, 0),),
        ),
        sample(
            "no-break-space",
            words("it costs 5\u00a0000 in Nancy", "en"),
            words("cela coûte 5\u202f000 à Nancy", "fr"),
            ((4, 5, "LOC"),),
            ((4, 5, "LOC"),),
            ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4)),
            matches=((0, 0),),
        ),
        sample(
            "adjacent",
            words("Rome Paris Anna Berg", "en"),
            words("Rom Paris Anna Berg", "de"),
            ((0, 1, "LOC"), (1, 2, "LOC"), (2, 4, "PER")),
            ((0, 1, "LOC"), (1, 2, "LOC"), (2, 4, "PER")),
            ((0, 0), (1, 1), (2, 2), (3, 3)),
            matches=((0, 0), (1, 1), (2, 2)),
        ),
        sample(
            "nested",
            words("the University of Ghana in Accra", "en"),
            words("die Universität von Ghana in Accra", "de"),
            ((1, 4, "ORG"), (3, 4, "LOC"), (5, 6, "LOC")),
            ((1, 4, "ORG"), (3, 4, "LOC"), (5, 6, "LOC")),
            ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)),
            matches=((0, 0), (1, 1), (2, 2)),
        ),
        sample(
            "crossing",
            words("North South Bank Group", "en"),
            words("Nord Süd Bank Gruppe", "de"),
            ((0, 3, "LOC"), (1, 4, "ORG")),
            ((0, 3, "LOC"), (1, 4, "ORG"), (0, 3, "ORG")),
            ((0, 0), (1, 1), (2, 2), (3, 3)),
            matches=((0, 0), (1, 2)),
        ),
        sample(
            "at-the-edges",
            words("Lima", "en"),
            words("Lima", "es"),
            ((0, 1, "LOC"),),
            ((0, 1, "LOC"),),
            ((0, 0),),
            matches=((0, 0),),
        ),
        sample("nothing-found", words("it rains", "en"), words("es regnet", "de"), links=((0, 0), (1, 1))),
        sample("no-target", words("Ada sleeps", "en"), Sentence((), "de"), ((0, 1, "PER"),)),
        sample(
            "unaligned",
            words("Ada smiles", "en"),
            words("sie lächelt", "de"),
            ((0, 1, "PER"),),
            links=((1, 1),),
            status="needsReview",
            note='She is named\nin the source only: "Ada"',
        ),
        sample(
            "possible-links",
            words("in the north of Mali", "en"),
            words("im Norden Malis", "de"),
            ((4, 5, "LOC"),),
            ((2, 3, "LOC"),),
            ((2, 1), (4, 2)),
            ((0, 0), (1, 0), (3, 2)),
            matches=((0, 0),),
        ),
        sample(
            "markup",
            words("<b>Bo</b> & 'Q' \"Z\" \\ | # // ||| [x] {y} _ * ; , $ -DOCSTART-", "en"),
            words("<script> &amp; %20 \\t \\n T1 #Text= -> ~ | ||| Bo[1] *_x_*", "de"),
            ((0, 1, "PER"),),
            ((11, 12, "PER"),),
            ((0, 11), (1, 1)),
            matches=((0, 0),),
        ),
        sample(
            "same-words-1",
            words("Ada sings", "en"),
            words("Ada singt", "de"),
            ((0, 1, "PER"),),
            ((0, 1, "PER"),),
            ((0, 0), (1, 1)),
            matches=((0, 0),),
        ),
        sample(
            "same-words-2",
            words("Ada sings", "en"),
            words("Ada singt", "de"),
            ((0, 1, "PER"),),
            (),
            ((1, 1),),
            status="rejected",
        ),
        sample(
            "unseen-characters",
            words("Zoe\u200b \ufeffIvo so\u00adfar a\u2028b c\u0085d", "en"),
            words("Zoe\u200b \ufeffIvo bis\u00adher a\u2028b c\u0085d", "de"),
            ((0, 1, "PER"), (1, 2, "PER")),
            ((0, 1, "PER"), (1, 2, "PER")),
            ((0, 0), (1, 1), (2, 2)),
            matches=((0, 0), (1, 1)),
        ),
        sample(
            "edited",
            words("Ada and Bo", "en"),
            words("Ada und Bo", "de"),
            ((0, 1, "PER"), (2, 3, "PER")),
            ((0, 1, "PER"), (2, 3, "PER")),
            ((0, 0), (1, 1), (2, 2)),
            matches=((0, 0), (1, 1)),
            raw=Annotation(
                entities((0, 1, "PER")),
                entities((0, 2, "PER")),
                WordAlignment.of([(0, 0), (0, 1)]),
                ((0, 0),),
            ),
            is_edited=True,
            status="approved",
            note="boundary",
            authors=("Ana", "Ben"),
            updated="2026-02-03T04:05:06.789000+00:00",
            history=({"kind": "status", "after": "approved", "author": "Ana"},),
            provenance={"software": "0.1.0", "corpus": {"spec": "made up"}},
        ),
    )
}
"""By id."""
