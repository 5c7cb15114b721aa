"""The shapes of the JSON: what is made without the web has them, with no field missing or more."""

import math

import attrs
import pytest
from pydantic import ValidationError

from oma.model.dialog import Dialog, DialogOption
from oma.model.documents import dialog_document, explanation_document, transition_document
from oma.model.explanation import EvidenceItem, Outlook
from oma.model.explanation import Explanation as Told
from oma.model.health import Ending, Health, Transition, Verdict
from oma.model.wall_time import WallTime
from oma.web.api import agent_schema
from oma.web.presenter.agent_presenter import agent_object
from tests.support.fake_web import check_shape
from tests.unit.tui.fleets import BEGAN, agent

ASKS = Dialog("Proceed?", "ls", (DialogOption("1", "Yes", chosen=True), DialogOption("2", "No")))
VERDICT = Verdict(Health.STUCK, "retry", "claude/retry", "Retrying", 1.0)
ENDS = attrs.evolve(VERDICT, ending=Ending("in 9s", 10.0))
SEEN = (
    EvidenceItem(Health.STUCK, "claude/retry", 3, "Retrying", 1.0, counts=True, lost=""),
    EvidenceItem(Health.OK, "generic/active", None, "output", 0.0, counts=True, lost="weaker"),
)


def explanation(seen, outlook):
    return Told(9.0, "oma-agent-1", "claude", VERDICT, seen, outlook, sees_screen=True)


@pytest.mark.parametrize(
    ("model", "document"),
    [
        (agent_schema.AgentDocument, agent_object(agent(1), 10.0, WallTime(BEGAN))),
        (agent_schema.AgentDocument, agent_object(agent(1, dialog=ASKS), 10.0, WallTime(BEGAN))),
        (agent_schema.AgentDocument, agent_object(agent(1, verdict=ENDS), 10.0, WallTime(BEGAN))),
        (
            agent_schema.AgentDocument,
            agent_object(attrs.evolve(agent(1), active_s=-math.inf), 1.0, WallTime(BEGAN)),
        ),
        (agent_schema.DialogDocument, dialog_document(ASKS)),
        (
            agent_schema.TransitionDocument,
            transition_document(Transition(1.0, 2, "a", None, VERDICT)),
        ),
        (
            agent_schema.TransitionDocument,
            transition_document(Transition(1.0, 2, "a", Health.OK, VERDICT)),
        ),
        (agent_schema.ExplanationDocument, explanation_document(explanation((), None))),
        (
            agent_schema.ExplanationDocument,
            explanation_document(explanation(SEEN, Outlook(12.0, Health.OK, "active", "x"))),
        ),
    ],
)
def test_a_document_has_the_fields_of_its_schema_and_no_other(model, document):
    check_shape(model, document)


def test_a_field_too_many_or_too_few_is_noticed():
    document = dialog_document(ASKS)
    with pytest.raises(AssertionError):
        check_shape(agent_schema.DialogDocument, document | {"more": 1})
    del document["subject"]
    with pytest.raises(ValidationError):
        check_shape(agent_schema.DialogDocument, document)
