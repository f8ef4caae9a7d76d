"""Presets of a district's words: `policies = [...]` lays small files below the configuration's own names."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_sync.config import Config
from sheets_sync.config_file import ConfigProblems, load_config, parse_config
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.services import read_service
from sheets_sync.problems import WrongUse

FOLDER = Path(__file__).parents[1] / "config"
SHIPPED = sorted((FOLDER / "policies").glob("*.toml"))


def with_policies(*names: str, then: str = "") -> Config:
    listed = ", ".join(f'"policies/{name}.toml"' for name in names)
    return parse_config(f"policies = [{listed}]\n{then}", FOLDER / "c.toml")


def problems(content: str, folder: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigProblems) as caught:
        parse_config(content, folder / "c.toml")
    assert caught.value.exit_code == 2
    return caught.value.problems


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_each_that_is_shipped_names_its_source_and_can_be_taken(file: Path) -> None:
    assert "\n# Source: " in file.read_text(encoding="utf-8")
    config = with_policies(file.stem)
    assert config.policies == (file,)
    assert config.names.codes


@pytest.mark.parametrize(
    ("policy", "code", "category"),
    [
        ("nyc-related-service-card", "P", "PROVIDER_ABSENT"),
        ("nyc-related-service-card", "X", "DELIVERED"),
        ("ny-rs-seit-sheet", "TA", "PROVIDER_ABSENT"),
        ("sequoia-attendance", "T", "LATE"),
        ("sequoia-attendance", "I", "SCHOOL_ACTIVITY"),
        ("madera-attendance", "T", "STUDENT_ABSENT"),
        ("madera-attendance", "I", "STUDENT_ABSENT"),
        ("smf-attendance", "E", "LATE"),
    ],
)
def test_a_letter_means_what_the_district_says(policy: str, code: str, category: str) -> None:
    """One letter contradicts itself from district to district: none has a meaning without such a file."""
    assert read_code(code, codes=with_policies(policy).names.codes).value.category.name == category


@pytest.mark.parametrize(
    ("policy", "code"),
    [("nyc-related-service-card", "S"), ("ny-rs-seit-sheet", "CO"), ("smf-attendance", "P")],
)
def test_what_a_policy_leaves_out_stays_a_question(policy: str, code: str) -> None:
    assert read_code(code, codes=with_policies(policy).names.codes).value is None


def test_a_policy_names_services_too() -> None:
    services = with_policies("ny-rs-seit-sheet").names.services
    assert read_service("SEIS", services=services).value == "Special education itinerant services"


def test_the_configuration_goes_before_its_policies() -> None:
    config = with_policies("nyc-related-service-card", then='[codes]\np = "delivered"\n')
    assert config.names.codes == {"X": "delivered", "A": "student absent", "p": "delivered"}


def test_two_that_contradict_each_other_are_not_taken_together() -> None:
    told = problems(
        'policies = ["policies/sequoia-attendance.toml", "policies/madera-attendance.toml"]\n', FOLDER
    )
    (line,) = [line for line in told if '[codes] "T"' in line]
    assert line.endswith(
        '[codes] "T" is "late or left early" in "sequoia-attendance.toml" and "student absent" in'
        ' "madera-attendance.toml"; say which under [codes], or leave one of the two out'
    )


def test_the_configuration_decides_between_two() -> None:
    said = "".join(f'{code} = "late or left early"\n' for code in ("T", "E", "B", "U", "I", "D", "J", "M"))
    config = with_policies("smf-attendance", "madera-attendance", then=f"[codes]\n{said}")
    assert config.names.codes["T"] == "late or left early"
    assert config.names.codes["Z"] == "student unavailable"


def test_each_workbook_may_have_its_own() -> None:
    config = with_policies(
        "nyc-related-service-card",
        then='[[workbooks]]\nworkbook = "a.xlsx"\n[[workbooks]]\nworkbook = "b.xlsx"\n'
        'policies = ["policies/smf-attendance.toml"]\n',
    )
    above, own = config.workbooks
    assert above.names.codes["P"] == "provider absent"
    assert "P" not in own.names.codes
    assert own.policies == (FOLDER / "policies" / "smf-attendance.toml",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[codes]\nQ = "absnt"\n', '[codes] "Q": "absnt" is no thing that a code can do'),
        ("[code]\n", 'code is unknown in a policy; did you mean "codes"?'),
        ('password = "hunter2"\n', "password is unknown in a policy"),
        ('[aliases]\n"Ana R." = "Ana"\n', "aliases is unknown in a policy"),
        ("[mail]\nport = 25\n", "mail is unknown in a policy"),
        ("codes = 3\n", "codes is a section"),
        ('[columns."Servce Log"]\nStatus = "x"\n', 'did you mean "Service Log"?'),
        ("a = \n", "is not TOML: Invalid value"),
        (b"\xff\xfe", "is not saved as UTF-8 text"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_policy_is_checked_as_the_configuration_is(
    tmp_path: Path, content: str | bytes | None, said: str
) -> None:
    if content is not None:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "p.toml").write_bytes(data)
    (line,) = problems('policies = ["p.toml"]\n', tmp_path)
    assert said in line
    assert "policies" in line
    assert "p.toml" in line
    assert "hunter2" not in line
    assert "Ana" not in line


@pytest.mark.parametrize("named", ["smf-attendence.toml", "policies/smf-attendance", "policies/smf.toml"])
def test_of_a_policy_that_is_not_there_it_is_said_which_are(named: str) -> None:
    (line,) = problems(f'policies = ["{named}"]\n', FOLDER)
    assert all(f'"policies/{file.name}"' in line for file in SHIPPED)
    assert "policies/our-district.toml" in line
    assert ('did you mean "smf-attendance.toml"?' in line) == ("smf.toml" not in named)


def test_where_no_policy_is_it_is_said_where_one_goes(tmp_path: Path) -> None:
    (line,) = problems('policies = ["p.toml"]\n', tmp_path)
    assert line.endswith(
        'one of your own goes there as "policies/our-district.toml", named by its path from the configuration'
    )


def test_a_policy_that_everybody_can_change_is_not_taken(tmp_path: Path) -> None:
    policy, config = tmp_path / "p.toml", tmp_path / "c.toml"
    policy.write_text('[codes]\nP = "delivered"\n')
    config.write_text('policies = ["p.toml"]\n')
    config.chmod(0o600)
    policy.chmod(0o646)
    with pytest.raises(WrongUse, match="can be changed by every user"):
        load_config(config)
    policy.chmod(0o644)
    assert load_config(config).names.codes == {"P": "delivered"}
