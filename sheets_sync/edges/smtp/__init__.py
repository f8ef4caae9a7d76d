"""Mail over SMTP."""

from __future__ import annotations

from sheets_sync.edges.smtp.mailer import SmtpMailer

__all__ = ["SmtpMailer"]
