"""Values of the configuration that are right each by itself and impossible together."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync import config_checks as check
from sheets_sync.config import Config
from sheets_sync.config_names import tab_columns
from sheets_sync.findings.addresses import is_allowed

Contradiction = tuple[str, str]
"""The key, and what is wrong with its value beside the others."""


def contradictions(config: Config) -> Iterator[Contradiction]:
    """Yield every contradiction, each as one clear line (spec: commands.md, "Configuration")."""
    yield from _about_mail(config)
    yield from _about_addresses(config)
    yield from _about_tabs(config)


def _about_mail(config: Config) -> Iterator[Contradiction]:
    mail = config.mail
    if mail.host and not mail.sender:
        yield "[mail] from", "is missing; with a host, mail needs the address that it comes from"
    if mail.user and not (mail.password_env or mail.password_file):
        yield "[mail] user", "has no password; name it with password_env or password_file"
    if mail.password_env and mail.password_file:
        yield "[mail] password_file", "is one too many beside password_env; keep one of them"
    if mail.security == "none" and mail.host and mail.host not in check.LOOPBACK:
        yield (
            "[mail] security",
            'is "none", which is for a mail server on this machine alone; write "starttls"',
        )


def _about_addresses(config: Config) -> Iterator[Contradiction]:
    """The administrator is told what nobody else is: that must not be refused in silence."""
    office, leaves = config.administrator, config.mail.host and config.allowed_domains
    if leaves and office and not is_allowed(office, config.allowed_domains):
        domain = office.rpartition("@")[2]
        problem = f"is {office}, outside allowed_domains: no mail could go there"
        yield "administrator", f'{problem}; add "{domain}" to allowed_domains, or name another address'


def _about_tabs(config: Config) -> Iterator[Contradiction]:
    tab, problems_tab = config.compliance.tab, config.compliance.problems_tab
    if tab.lower() == problems_tab.lower():
        yield "[compliance] problems_tab", f'is "{tab}" like tab; give them two names'
    theirs = {name.lower() for name in (*tab_columns(), *config.names.tabs.values(), *_further(config))}
    for key, name in (("tab", tab), ("problems_tab", problems_tab)):
        if name.lower() in theirs:
            yield f"[compliance] {key}", f'is "{name}", a tab that staff keep; give ours another name'


def _further(config: Config) -> Iterator[str]:
    for names in config.names.further_tabs.values():
        yield from names
