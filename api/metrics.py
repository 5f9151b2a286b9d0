"""What Prometheus reads at /metrics: requests and their times, jobs, documents, whether questions are answered."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from graph.library import LibraryError
from graph.store import StoreError

if TYPE_CHECKING:
    from api.desk import Desk
    from api.jobs import JobBook

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_STATES = ("waiting", "running", "done", "failed")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_OTHER = "other"  # whatever else callers send: labels must be few
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(slots=True)
class Metrics:
    """The counts of one application, in a registry of its own."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _requests: Counter = field(init=False)
    _seconds: Histogram = field(init=False)

    def __post_init__(self) -> None:
        labels = ("method", "route", "status")
        self._requests = Counter("vanban_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "vanban_request_seconds", "How long answers took.", ("route",), buckets=_SECONDS, registry=self.registry
        )

    def seen(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count one request; `route` as declared ("/api/v1/jobs/{id}"), None for a path that is no route."""
        route = route or _OTHER
        self._requests.labels(method if method in _METHODS else _OTHER, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def watch(self, desk: Desk, jobs: JobBook) -> None:
        """Say at each reading what the desk and the jobs are at."""
        self.registry.register(_State(desk, jobs))

    def text(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self.registry)


@dataclass(frozen=True, slots=True, eq=False)
class _State(Collector):
    """Counted when it is asked for."""

    desk: Desk
    jobs: JobBook

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: what it has is known only when it is asked."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The samples as things stand."""
        states = Tally[str](job.state for job in self.jobs.all())
        jobs = GaugeMetricFamily("vanban_jobs", "Jobs of this run that are remembered.", labels=["state"])
        for state in _STATES:
            jobs.add_metric([state], states[state])
        yield jobs
        documents = GaugeMetricFamily("vanban_documents", "Documents in the graph.", labels=["held"])
        ready = 1
        try:
            note = self.desk.asked().note()
        except (StoreError, LibraryError):
            ready = 0
        else:
            documents.add_metric(["true"], note.held)
            documents.add_metric(["false"], note.cited)
        yield documents
        yield GaugeMetricFamily("vanban_ready", "1 when questions can be answered.", value=ready)
        yield GaugeMetricFamily("vanban_owed", "1 when the graph is owed changes.", value=int(self.desk.owed.is_set()))
