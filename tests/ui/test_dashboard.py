"""The dashboard: every figure in its place, and from each figure to its sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.demo import write_demo
from tests.gold_links import gold_links
from tests.ui.app import choose, open_app, rerun, texts
from tests.xner_core.runs.scored_rows import row as scored_row
from ui.components.dashboard_behind import _PROMPT
from ui.components.dashboard_picture import _of_points
from ui.components.dashboard_sentences import wrong_in_words
from xner_core.config import Choice
from xner_core.runs import background
from xner_core.runs.buckets import ATTRIBUTES
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import RunFolder
from xner_core.runs.run import run
from xner_core.runs.settings import SETTINGS

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_demo(tmp_path / "corpus.jsonl", ["de", "ar"], each=6)


@pytest.fixture
def runs(spec: str, tmp_path: Path, own_cache: None) -> dict[str, RunFolder]:
    """A good run and one that finds nothing in long entities, by their ids."""
    pipeline = gold_links(tmp_path / "links.txt")
    worse = pipeline.model_copy(update={"candidates": Choice(name="ngrams", options={"max_words": 1})})
    configs = [
        RunConfig(corpus=spec, name="Good", pipeline=pipeline),
        RunConfig(corpus=spec, name="=Short", pipeline=worse),
    ]
    places = [run(config) for config in configs]
    return {place.path.name: place for place in places}


def open_dashboard(spec: str, runs: dict[str, RunFolder], **parameters: str) -> AppTest:
    return open_app("dashboard", **{"corpus": spec, "methods": ",".join(runs), **parameters})


def pictures(at: AppTest) -> list[dict[str, Any]]:
    return [json.loads(each.proto.spec) for each in at.get("plotly_chart")]


def test_figures_are_those_of_the_runs(spec: str, runs: dict[str, RunFolder]) -> None:
    at = open_dashboard(spec, runs)
    [table] = [frame.value for frame in at.dataframe]
    found = {(row["Language"], row["Method"]): row for row in table.to_dict("records")}
    assert len(found) == 4
    for name, place in zip(("Good", "=Short"), runs.values(), strict=True):
        for lang, language in (("de", "German (de)"), ("ar", "Arabic (ar)")):
            scores, row = place.metrics()["per_language"][lang], found[language, name]
            for column, key in (("F1", "f1"), ("Precision", "precision"), ("Recall", "recall")):
                assert row[column] == pytest.approx(scores[key])
            assert (row["Gold"], row["Sentences"]) == (scores["support"], 6)
            assert row["From"] <= row["F1"] <= row["To"]
    assert found["German (de)", "Good"]["Against the best"] == "best"
    assert (found["Arabic (ar)", "Good"]["Family"], found["Arabic (ar)", "Good"]["Script"]) == (
        "Afro-Asiatic",
        "Arabic",
    )
    [picture] = pictures(at)
    assert [trace["name"] for trace in picture["data"]] == ["Good", "=Short"]
    drawn = dict(zip(picture["data"][1]["customdata"], picture["data"][1]["x"], strict=True))
    [_, short] = runs
    assert drawn == {
        f"{short}|{lang}|": pytest.approx(found[language, "=Short"]["F1"])
        for lang, language in (("de", "German (de)"), ("ar", "Arabic (ar)"))
    }
    assert any("interval of the best method" in text for text in texts(at))
    assert any("strict IOB2 (seqeval) · 12 sentences" in each.value for each in at.caption)


@pytest.mark.parametrize(("picture", "n_traces"), [("heatmap", 2), ("pr", 2)])
def test_other_pictures_of_the_same_figures(
    spec: str, runs: dict[str, RunFolder], picture: str, n_traces: int
) -> None:
    at = open_dashboard(spec, runs, **{"d-picture": picture})
    [drawn] = pictures(at)
    marks = [trace for trace in drawn["data"] if trace.get("customdata")]
    assert sum(len(trace["customdata"]) for trace in marks) == 4
    assert len(at.dataframe) == 1


def test_settings_that_were_never_run_are_run_over_a_small_corpus(
    spec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[RunConfig] = []
    monkeypatch.setattr(background, "start_all", lambda runs: started.extend(config for config, _ in runs))
    at = open_app("dashboard", corpus=spec)
    assert [config.pipeline for config in started] == [
        SETTINGS[name].pipeline for name in ("ilp", "greedy", "heuristic")
    ]
    assert not at.get("plotly_chart")


def test_without_a_method_it_says_what_to_do(spec: str) -> None:
    at = open_app("dashboard", corpus=spec, methods="")
    assert [info.value for info in at.info] == ["Choose a method to see its figures."]
    unknown = open_app("dashboard", corpus=spec, methods="nowhere")
    assert unknown.multiselect(key="methods").value == []


def test_without_gold_there_is_nothing_to_score(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "plain.jsonl", without=["target_tags"])
    at = open_app("dashboard", corpus=spec)
    assert "no sentence has gold target entities" in "\n".join(texts(at))


def test_languages_are_filtered(spec: str, runs: dict[str, RunFolder]) -> None:
    at = open_dashboard(spec, runs, **{"d-family": "Afro-Asiatic,Nowhere"})
    assert set(at.dataframe[0].value["Language"]) == {"Arabic (ar)"}
    assert at.multiselect(key="d-family").value == ["Afro-Asiatic"]
    at.multiselect(key="d-script").set_value(["Latin"])
    assert not rerun(at).dataframe
    assert [info.value for info in at.info] == ["No language passes the filters. Take one of them off."]
    at.multiselect(key="d-family").set_value([])
    assert set(rerun(at).dataframe[0].value["Language"]) == {"German (de)"}


def test_published_figures_stand_beside_one_s_own(spec: str, runs: dict[str, RunFolder]) -> None:
    at = open_dashboard(spec, runs, **{"d-published": "published:europarl:best"})
    table = at.dataframe[0].value
    [row] = table[table["Method"].str.startswith("Published")].to_dict("records")
    assert (row["Language"], row["F1"], row["Against the best"]) == ("German (de)", 0.9203, "")
    assert [trace["name"] for trace in pictures(at)[0]["data"]][2].startswith("Published · europarl")
    assert any("Politov" in each.value for each in at.caption)


def test_each_label_has_a_picture_with_one_scale(spec: str, runs: dict[str, RunFolder]) -> None:
    at = open_dashboard(spec, runs, show="labels")
    drawn = pictures(at)
    labels = [picture["layout"]["title"]["text"] for picture in drawn]
    assert labels == sorted(labels)
    assert {"PER", "LOC"} <= set(labels)
    assert len({tuple(picture["layout"]["xaxis"]["range"]) for picture in drawn}) == 1
    table = at.dataframe[0].value
    scores = next(iter(runs.values())).metrics()["per_language"]["de"]["per_label"]["PER"]
    [row] = table[
        (table["Language"] == "German (de)") & (table["Label"] == "PER") & (table["Method"] == "Good")
    ].to_dict("records")
    assert (row["F1"], row["Gold"]) == (pytest.approx(scores["f1"]), scores["support"])


def test_buckets_sum_up_to_the_run(spec: str, runs: dict[str, RunFolder]) -> None:
    at = open_dashboard(spec, runs, show="buckets")
    support = next(iter(runs.values())).metrics()["overall"]["support"]
    for attribute, about in ATTRIBUTES.items():
        table = choose(at, "d-by", attribute).dataframe[0].value
        assert table.groupby("Method")["Gold"].sum().to_dict() == {"Good": support, "=Short": support}
        assert table.columns[0] == about.title
        assert len(pictures(at)) == 1


def test_a_figure_leads_to_its_sentences_those_with_errors_first(
    spec: str, runs: dict[str, RunFolder]
) -> None:
    [_, short] = runs
    at = open_dashboard(spec, runs, **{"d-pick": f"{short}|de|"})
    assert "Chosen: =Short · German (de). Its sentences are listed below the table." in texts(at)
    table = at.dataframe[1].value
    errors = table["Errors"].tolist()
    assert errors == sorted(errors, reverse=True)
    assert (len(errors), errors[0] > 0, errors[-1]) == (6, True, 0)
    assert table["Wrong"][0].startswith(("− ", "+ "))
    assert table["Wrong"][5] == ""
    target = urlsplit(table["Inspect"][0])
    assert parse_qs(target.query)["sid"] == [table["Id"][0]]
    assert parse_qs(target.query)["lang"] == ["de"]
    assert (target.scheme, target.netloc) == ("", "")
    at.toggle(key="d-errors").set_value(True)
    assert rerun(at).dataframe[1].value["Errors"].min() > 0


def test_what_is_wrong_is_said_in_words() -> None:
    row = scored_row("a", [(0, 1, "PER"), (2, 3, "LOC")], [(0, 1, "PER"), (1, 3, "LOC"), (7, 8, "X")])
    assert wrong_in_words(row, ["PER", "LOC"]) == "+ LOC \u2068bonn 東京\u2069 · − LOC \u2068東京\u2069"
    assert wrong_in_words(row, ["PER"]) == ""


def test_a_label_leads_only_to_sentences_with_it(spec: str, runs: dict[str, RunFolder]) -> None:
    [good, _] = runs
    at = open_dashboard(spec, runs, **{"show": "labels", "d-pick": f"{good}|de|PER"})
    assert any("· PER. Its sentences" in text for text in texts(at))
    assert 0 < len(at.dataframe[1].value) < 6


def test_a_bucket_leads_to_its_sentences(spec: str, runs: dict[str, RunFolder]) -> None:
    [_, short] = runs
    at = open_dashboard(spec, runs, **{"show": "buckets", "d-pick": f"{short}||2"})
    assert f"{'=Short'} · all languages · Entity length: 2" in texts(at)
    row = next(
        row
        for row in at.dataframe[0].value.to_dict("records")
        if (row["Entity length"], row["Method"]) == ("2", "=Short")
    )
    assert len(at.dataframe[1].value) == row["Sentences"]
    elsewhere = choose(at, "d-lang", "de")
    assert len(elsewhere.dataframe) == 1  # that was of all languages


@pytest.mark.parametrize("pick", ["", "nobody|de|", "{}|xx|", "{}|de|NOWHERE", "<script>"])
def test_what_is_not_there_leads_nowhere(pick: str, spec: str, runs: dict[str, RunFolder]) -> None:
    at = open_dashboard(spec, runs, **{"d-pick": pick.format(next(iter(runs)))})
    assert len(at.dataframe) == 1
    assert _PROMPT in texts(at)


def test_published_figures_lead_to_no_sentences(spec: str, runs: dict[str, RunFolder]) -> None:
    at = open_dashboard(spec, runs, **{"d-pick": "published:xtreme:best|de|"})
    assert "Published figures have no sentences to list. Choose one of your own." in texts(at)


def test_pictures_to_be_saved_are_on_white(spec: str, runs: dict[str, RunFolder]) -> None:
    at = open_dashboard(spec, runs, **{"d-file": "svg"})
    [picture] = at.get("plotly_chart")
    assert json.loads(picture.proto.spec)["layout"]["paper_bgcolor"] == "#FFFFFF"
    assert json.loads(picture.proto.config)["toImageButtonOptions"]["format"] == "svg"
    assert any("saves it as SVG" in each.value for each in at.caption)


def test_one_s_own_runs_may_be_called_by_the_url_before_they_are_known(
    spec: str, runs: dict[str, RunFolder]
) -> None:
    [good, _] = runs
    at = open_dashboard(spec, runs, methods=good)
    assert set(at.dataframe[0].value["Method"]) == {"Good"}
    assert "F1 with its 95 % interval." in texts(at)


@pytest.mark.parametrize(
    ("points", "chosen"),
    [
        ([{"customdata": "a|de|"}], "a|de|"),
        ([{"x": 1}, {"customdata": ["a|de|"]}], "a|de|"),
        ([{"customdata": 3}, "x", None], ""),
        ({"customdata": "a"}, ""),
        ([], ""),
    ],
)
def test_whatever_the_browser_sends_is_read(points: object, chosen: str) -> None:
    assert _of_points(points) == chosen


def test_published_figures_of_all_languages() -> None:
    at = open_app("dashboard", show="published")
    table = at.dataframe[0].value
    assert len(table) == 18 + 39 + 3
    assert table["Best F1"].is_monotonic_decreasing
    row = table[(table["Data set"] == "europarl") & (table["Language"] == "German (de)")].iloc[0]
    assert (row["Best F1"], row["Best method"], row["model_transfer"]) == (
        0.9203,
        "candidates-awesome-ngrams",
        0.6747,
    )
    assert any("55 languages" in each.value for each in at.caption)
    at.segmented_control(key="dataset").set_value("masakhaner2")
    at.multiselect(key="d-level").set_value(["0"])
    assert set(rerun(at).dataframe[0].value["Language"]) == {"Fon (fon)", "Mossi (mos)"}


def test_published_figures_as_a_picture_with_a_run_beside_them(spec: str, runs: dict[str, RunFolder]) -> None:
    [good, _] = runs
    at = open_app("dashboard", show="published", dataset="europarl", **{"d-as": "heatmap", "d-beside": good})
    [picture] = pictures(at)
    names = picture["layout"]["xaxis"]["ticktext"]
    assert names[:2] == ["Good", "☆ best single method"]
    german = picture["layout"]["yaxis"]["ticktext"].index("German (de) · europarl")
    own = runs[good].metrics()["per_language"]["de"]["f1"]
    assert picture["data"][0]["z"][german][:2] == [pytest.approx(own), 0.9203]
