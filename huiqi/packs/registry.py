"""Finds and loads what is installed: the vocabulary, the national definitions, and one folder a policy."""

from __future__ import annotations

from pathlib import Path

from huiqi.language.diagnostics import Findings, Place, Problems, problem
from huiqi.language.yamltree import Node, read_yaml
from huiqi.packs import read_vocabulary as rv
from huiqi.packs.choices import window_reading
from huiqi.packs.model import Corpus
from huiqi.packs.national import read_calendar, read_series, read_sizes
from huiqi.packs.read_policy import read_policy

ROOT = Path(__file__).resolve().parents[2] / "policies"


def load_corpus(root: Path = ROOT) -> Corpus:
    """Load every pack under `root`. Raises `Problems` with all faults found."""
    if not (root / "hangzhou").is_dir():
        raise problem("P016", Place(str(root)), path=root)
    findings = Findings()
    corpus = Corpus()
    _vocabulary(root, corpus, findings)
    _national(root, corpus, findings)
    for path in sorted((root / "hangzhou").glob("*/policy.yaml")):
        add_policy(corpus, path.read_bytes(), str(path.relative_to(root.parent)), findings)
    findings.stop()
    return corpus


def add_policy(corpus: Corpus, data: bytes, file: str, findings: Findings) -> None:
    """Read one policy.yaml into the corpus; faults go to `findings`."""
    try:
        policy = read_policy(read_yaml(data, file), data, corpus.vocabulary, findings)
    except Problems as problems:
        findings.take(problems)
        return
    if policy.id in corpus.policies:
        findings.add("P004", policy.place, id=policy.id)
    corpus.policies[policy.id] = policy
    for clause in policy.clauses:
        corpus.readings |= {r.id: r for r in clause.readings}
        corpus.measures |= {m.id: (policy, clause, m) for m in clause.measures}
    corpus.readings.setdefault(policy.applies_reading, window_reading(policy))


def _vocabulary(root: Path, corpus: Corpus, findings: Findings) -> None:
    words = root / "hangzhou" / "vocabulary"
    tables = [
        (words / "kinds.yaml", rv.read_kinds),
        (root / "national" / "registers.yaml", rv.read_registers),
        (words / "registers.yaml", rv.read_registers),
        (words / "matters.yaml", rv.read_matters),
        (words / "departments.yaml", rv.read_departments),
        (root / "hangzhou" / "districts.yaml", rv.read_districts),
        (root / "national" / "facts.yaml", rv.read_facts),
        *((path, rv.read_facts) for path in sorted((words / "facts").glob("*.yaml"))),
    ]
    for path, read in tables:
        node = _tree(path.read_bytes(), path, root, findings)
        if node is not None:
            try:
                read(node, corpus.vocabulary, findings)
            except Problems as problems:
                findings.take(problems)
    rv.check_vocabulary(corpus.vocabulary, findings)


def _national(root: Path, corpus: Corpus, findings: Findings) -> None:
    lpr, sizes, calendar = (root / "national" / name for name in ("lpr.yaml", "sizes.yaml", "calendar.yaml"))
    try:
        series = read_series(read_yaml(lpr.read_bytes(), str(lpr.relative_to(root.parent))), findings)
        corpus.series[series.name] = series
        classes = read_sizes(read_yaml(sizes.read_bytes(), str(sizes.relative_to(root.parent))), corpus.vocabulary, findings)
        corpus.sizes[classes.name] = classes
        corpus.calendar = read_calendar(read_yaml(calendar.read_bytes(), str(calendar.relative_to(root.parent))), findings)
    except Problems as problems:
        findings.take(problems)


def _tree(data: bytes, path: Path, root: Path, findings: Findings) -> Node | None:
    try:
        return read_yaml(data, str(path.relative_to(root.parent)))
    except Problems as problems:
        findings.take(problems)
        return None
