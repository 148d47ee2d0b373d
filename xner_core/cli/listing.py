"""Commands that list what there is."""

from __future__ import annotations

from typing import Any

from xner_core import __version__
from xner_core.cli.options import JsonOption
from xner_core.cli.output import print_json, print_table


def corpora(as_json: JsonOption = False) -> None:
    """List the kinds of corpora and the languages of the demonstration corpus."""
    from xner_core.corpora.demo import demo_languages
    from xner_core.languages import language_name

    specs = {f"demo:{lang}": f"English–{language_name(lang)}, a demonstration" for lang in demo_languages()}
    kinds = {row["name"]: row["summary"] for row in _components("corpus")}
    if as_json:
        print_json({"kinds": kinds, "corpora": specs})
        return
    print_table(("Kind", "What it reads"), list(kinds.items()))
    print_table(("Corpus", "What it is"), list(specs.items()))


def components(as_json: JsonOption = False) -> None:
    """List what can be chosen at each stage, with its options."""
    from xner_core.registry import COMPONENTS

    rows = [row for kind in COMPONENTS for row in (*_components(kind), *_trained(kind))]
    if as_json:
        print_json(rows)
        return
    print_table(
        ("Stage", "Name", "What it does", "Needs", "Options"),
        [(row["kind"], row["name"], _what(row), row["requires"], ", ".join(row["options"])) for row in rows],
    )


def version() -> None:
    """Print the version."""
    print(__version__)


def _trained(kind: str) -> list[dict[str, Any]]:
    """The models that `xner train-aligner` and `xner train-ner` made here."""
    from xner_core.alignment.trained import trained_aligners
    from xner_core.ner.trained import TAGGERS

    known = {"aligner": trained_aligners, "ner": TAGGERS.known, "target_ner": TAGGERS.known}
    if kind not in known:
        return []
    base = next(row for row in _components(kind) if row["name"] == "trained")
    return [
        base | {"name": f"trained:{name}", "summary": f"Trained here, in {folder}.", "requires": ""}
        for name, folder in known[kind]().items()
    ]


def _what(row: dict[str, Any]) -> str:
    """What a component does; of a translator that has its language pairs installed, which they are."""
    summary = str(row["summary"])
    if "pairs" not in row:
        return summary
    pairs = ", ".join(f"{source} → {target}" for source, target in row["pairs"])
    return f"{summary} Installed: {pairs or 'none'}."


def _components(kind: str) -> list[dict[str, Any]]:
    from xner_core.registry import COMPONENTS, component_class

    rows = []
    for name in COMPONENTS[kind]:
        component = component_class(kind, name)
        options = {
            key: {"default": field.get_default(call_default_factory=True), "description": field.description}
            for key, field in component.Config.model_fields.items()
        }
        summary = (component.__doc__ or "").strip().splitlines()[0]
        installed = {"pairs": component.installed_pairs()} if hasattr(component, "installed_pairs") else {}
        rows.append(
            {
                "kind": kind,
                "name": name,
                "summary": summary,
                "requires": component.requires,
                "options": options,
                **installed,
            }
        )
    return rows
