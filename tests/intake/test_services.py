"""Services, beside those of phrases/services.csv: what is typed -> the one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.services import read_service, service_key

CLEAR = {
    "Speech therapy": ["speech", "SPEECH THERAPY", "Speech & Language", "S & L", "speech-language", "SLP",
                       "Language & Speech (415)", "415 - Language and Speech", "Speech/Language Therapy"],
    "Occupational therapy": ["ot", "O.T.", "OT (direct)", "Occupational Therapy Services", "450"],
    "Physical therapy": ["PT", "Phys. Therapy", "Physical Therapy (PT)"],
    "Counseling": ["counselling", "Couns.", "Counseling Services"],
    "Social skills": ["Social Skills Group", "SOCIAL SKILLS"],
    "Paraprofessional": ["1:1 Aide", "para", "Para support", "paraeducator"],
    "Specialized academic instruction": ["SAI", "330", "SAI - Specialized Academic Instruction"],
    "Resource": ["Resource Room", "RSP"],
    "Consultation": ["consult"],
    "Reading": ["READING", "Reading support"],
    "Reading and math": ["Reading and Math", "reading & math"],
    "Fine motor": ["Fine Motor", "fine  motor"],
    "Cafe class": ["Caf\u00e9 class", "CAFE CLASS"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in CLEAR.items() for text in texts])
def test_a_service_has_one_name(name, text):
    assert (read_service(text).value, read_service(text).problem) == (name, None)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "OT and PT",
            "OT, PT",
            "Speech/OT",
            "Speech + OT",
            "Reading/Math",
            "SP",
            "AU",
            "FT",
            "SEIS",
            "H",
            "X",
        ),
        *("900", "", "?", "tbd", "n/a", "SLD", "1:1"),
    ],
)
def test_two_services_and_doubtful_abbreviations_are_refused(text):
    reading = read_service(text)
    assert reading.value is None
    assert reading.problem.endswith(".")


def test_a_misspelt_service_is_read_and_asked_about():
    reading = read_service("Occupational Thearpy")
    assert reading.value == "Occupational therapy"
    assert reading.problem == "This is taken for Occupational therapy: is it?"


def test_the_configuration_goes_first():
    services = {"SP": "speech therapy", "Gym": "Adapted physical education", "Zones": "Zones of regulation"}
    assert read_service("sp", services=services).value == "Speech therapy"
    assert read_service("GYM", services=services).value == "Adapted physical education"
    assert read_service("zones", services=services).value == "Zones of regulation"


@given(st.text(max_size=40))
def test_case_and_spaces_do_not_part_a_service_from_itself(text):
    reading = read_service(text)
    assert (reading.value is None) <= bool(reading.problem)
    assert read_service(f" {text}  ").value == reading.value
    if text.isascii():
        assert read_service(text.upper()).value == read_service(text.lower()).value
        assert service_key(text) == service_key(text.upper())
