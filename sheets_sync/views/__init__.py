"""What people see: tabs, mails, words. Pure."""
