"""Every key of the configuration and what its value may be (spec: commands.md, "Configuration")."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync import config_checks as check
from sheets_sync.config_checks import Check
from sheets_sync.config_sources import sources

DAYS = check.whole(1, 365)
PERCENT = check.whole(1, 100)

TOP: Mapping[str, Check] = {
    "workbook": check.workbook,
    "state": check.path,
    "timezone": check.timezone,
    "administrator": check.mail_address,
    "allowed_domains": check.domains,
    "policies": check.files,
    "sources": sources,
}

SECTIONS: Mapping[str, Mapping[str, Check]] = {
    "school": {
        "days": check.weekdays,
        "school_minutes": check.whole(30, 24 * 60),
        "report_from": check.day,
    },
    "counting": {
        "closures": check.choice("excuse", "prorate", "owe"),
        "short_days": check.choice("owe", "excuse"),
        "min_behind": check.whole(1, 10_000),
        "log_grace_days": check.whole(0, 365),
    },
    "ignore": {"students": check.texts, "services": check.texts, "programs": check.texts},
    "compliance": {
        "tab": check.sheet_name,
        "problems_tab": check.sheet_name,
        "protection": check.choice("warn", "strict", "off"),
        "students": check.choice("names", "initials"),
    },
    "mail": {
        "host": check.host,
        "port": check.whole(1, 65_535),
        "security": check.choice("starttls", "tls", "none"),
        "user": check.text,
        "password_env": check.environment_name,
        "password_file": check.credentials_file,
        "from": check.sender,
        "students": check.choice("initials", "names", "rows"),
        "folder": check.path,
    },
    "alerts": {
        "repeat_days": DAYS,
        "escalate_days": DAYS,
        "make_up_days": DAYS,
        "snooze_max_days": DAYS,
        "schedule_grace_days": check.whole(0, 365),
    },
    "google": {
        "credentials": check.credentials_file,
        "subject": check.mail_address,
        "endpoint": check.endpoint,
        "always_use_jwt_access": check.flag,
    },
    "daemon": {
        "run_at": check.clock_time,
        "deadline": check.duration,
        "sync_now": check.duration,
        "same_day": check.flag,
        "ping_url": check.web_address,
    },
    "guards": {
        "fewer_percent": PERCENT,
        "fewer_at_least": check.whole(1, 10_000),
        "unknown_names_percent": PERCENT,
        "unreadable_rows": check.whole(1, 10_000),
        "unreadable_percent": PERCENT,
        "unreadable_column_percent": PERCENT,
        "status_percent": PERCENT,
        "status_at_least": check.whole(1, 10_000),
    },
}

NAME_TABLES = ("tabs", "columns", "layouts", "codes", "services", "aliases")
"""Sections whose keys people make up; config_names.py reads them."""

PATHS = (("", "state"), ("mail", "password_file"), ("mail", "folder"), ("google", "credentials"))
"""Keys that name a file or a folder: where relative, from the folder of the configuration file."""


def places_of(key: str) -> list[str]:
    """Return the sections that have this key, "" for the top."""
    top = [""] if key in TOP else []
    return top + [section for section, keys in SECTIONS.items() if key in keys]
